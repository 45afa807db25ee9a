from django.db import migrations

from omsorg.kernel.wall import append_only, protect

TRAIL = """
CREATE FUNCTION kernel_trace_fingerprint(
    book text, number bigint, at timestamptz, actor bigint, organisation bigint,
    verb text, subject text, details text, previous text
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(string_agg(coalesce(length(part)::text || ':' || part, '-'), '' ORDER BY place), 'UTF8')), 'hex')
    FROM unnest(ARRAY[
        previous, book, number::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        actor::text, organisation::text, verb, subject, details
    ]) WITH ORDINALITY AS parts(part, place)
$$;

CREATE FUNCTION kernel_trace_head(of_book text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = public, pg_temp AS
$$ SELECT fingerprint FROM kernel_trace WHERE book = of_book ORDER BY number DESC LIMIT 1 $$;

CREATE FUNCTION kernel_link_trace() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    newest record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('kernel_trace ' || NEW.book, 0));
    SELECT number, fingerprint INTO newest FROM kernel_trace WHERE book = NEW.book ORDER BY number DESC LIMIT 1;
    NEW.number := coalesce(newest.number, 0) + 1;
    NEW.previous := coalesce(newest.fingerprint, '');
    NEW.fingerprint := kernel_trace_fingerprint(
        NEW.book, NEW.number, NEW.at, NEW.actor, NEW.organisation, NEW.verb, NEW.subject, NEW.details, NEW.previous);
    RETURN NEW;
END $$;

CREATE TRIGGER kernel_trace_links BEFORE INSERT ON kernel_trace FOR EACH ROW EXECUTE FUNCTION kernel_link_trace();
"""

TRAIL_BACK = """
DROP TRIGGER kernel_trace_links ON kernel_trace;
DROP FUNCTION kernel_link_trace();
DROP FUNCTION kernel_trace_head(text);
DROP FUNCTION kernel_trace_fingerprint(text, bigint, timestamptz, bigint, bigint, text, text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("kernel", "0002_tables")]
    operations = [
        migrations.RunSQL(TRAIL, TRAIL_BACK),
        append_only("kernel_trace"),
        protect("kernel_trace", see="is_house() OR actor = my_person()", write="is_house() OR actor = my_person()"),
        protect("kernel_letter", see="is_house() OR to_person = my_person()", write="true"),
        protect("kernel_importdraft", see="is_house() OR person = my_person()"),
    ]
