"""What must always be true of the ledger: it adds up, its chains are whole, and its meetings say what is posted."""

from omsorg.kernel.checks import Check, Proof
from omsorg.savings.models import Posting
from omsorg.savings.queries.door import state_as_kept, state_at
from omsorg.savings.queries.ledger import (
    balances_that_differ,
    chain_of,
    groups_with_meetings,
    papers_signed,
    postings_of,
    quarters_kept,
    signed_of,
)
from omsorg.savings.rules.broken import Broken
from omsorg.savings.rules.chain import first_break, quarters_of
from omsorg.savings.rules.quarters import by_quarter
from omsorg.savings.rules.signing import check_signatures


def balances_are_sums() -> Proof:
    """Every balance is the sum of its postings."""
    wrong = [f"{account} of group {group} is not the sum of its postings" for group, account in balances_that_differ()]
    return Proof(f"{Posting.objects.count()} postings", tuple(wrong))


def chains_are_whole() -> Proof:
    """Every meeting has its own fingerprint and follows the one before it; the group stands at the last."""
    wrong, meetings = [], 0
    for group in groups_with_meetings():
        links = chain_of(group)
        meetings += len(links)
        broken_at = first_break(links)
        if broken_at is not None:
            wrong.append(f"the chain of group {group.uuid} breaks at meeting {broken_at}")
        elif not links or (links[-1].seq, links[-1].hash) != (group.state.seq, group.state.head):
            wrong.append(f"group {group.uuid} does not stand at its last meeting")
    return Proof(f"{meetings} meetings", tuple(wrong))


def signatures_hold() -> Proof:
    """Every posted meeting is signed by three keys that were in force for it: the database cannot ask that itself."""
    wrong, meetings = [], 0
    for group in groups_with_meetings():
        for seq, text, signatures, keys in signed_of(group):
            meetings += 1
            try:
                check_signatures(signatures, keys, text)
            except Broken as broken:
                wrong.append(f"meeting {seq} of group {group.uuid} is not signed ({broken.rule})")
    return Proof(f"{meetings} meetings signed", tuple(wrong))


def papers_hold() -> Proof:
    """Every decision on a fork, and every change of phones and keys, is signed by three keys the group has or had."""
    wrong, papers = [], 0
    for paper, signatures, keys in papers_signed():
        papers += 1
        try:
            check_signatures(signatures, keys, paper.document.encode())
        except Broken as broken:
            wrong.append(f"paper {paper.hash[:8]} of group {paper.group.uuid} is not signed ({broken.rule})")
    return Proof(f"{papers} papers signed", tuple(wrong))


def meetings_post_the_same() -> Proof:
    """Every posted document, applied again, gives the same postings, where the group stands in the end, and what is
    told of each quarter."""
    wrong, meetings = [], 0
    for group in groups_with_meetings():
        posted = postings_of(group)
        state = state_at(str(group.uuid), group.constitution, "")
        try:
            figures = []
            for link, outcome, quarter, said in quarters_of(state, chain_of(group)):
                meetings += 1
                state = outcome.state
                figures.append((quarter, said))
                if posted[link.row] != [(t.line, *posting) for t in outcome.transactions for posting in t.postings]:
                    wrong.append(f"meeting {link.seq} of group {group.uuid} posts something else")
        except (Broken, ValueError, KeyError) as fault:
            wrong.append(f"meeting {state.seq + 1} of group {group.uuid} is not posted today: {fault}")
            continue
        if group.state.state != state_as_kept(state):
            wrong.append(f"group {group.uuid} does not stand where its meetings led")
        kept, should = quarters_kept(group), by_quarter(figures)
        wrong += [
            f"the quarter of {quarter} of group {group.uuid} is not what its meetings say"
            for quarter in sorted({*kept, *should})
            if kept.get(quarter) != should.get(quarter)
        ]
    return Proof(f"{meetings} meetings posted anew", tuple(wrong))


CHECKS = (
    Check("savings_balances", balances_are_sums),
    Check("savings_chains", chains_are_whole),
    Check("savings_signatures", signatures_hold),
    Check("savings_papers", papers_hold),
    Check("savings_meetings", meetings_post_the_same),
)
