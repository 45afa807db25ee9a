"""Who gets through each address of savings; the words are those of `federation.doors`. It has no address yet."""

from omsorg.federation.doors import Door

DOORS: dict[str, Door] = {}
