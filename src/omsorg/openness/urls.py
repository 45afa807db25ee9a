"""Addresses of openness: what everybody reads under /openness/, the work under /openness/work/."""

from django.urls import path

from omsorg.openness.views import audience, deciding, desk, public, public_files, quarters, replies, telling, writing

app_name = "openness"
CASE = "openness/work/cases/<slug:code>/"
urlpatterns = [
    path("openness/", public.register, name="register"),
    path("openness/register.csv", public_files.register_csv, name="register-csv"),
    path("openness/register.json", public_files.register_json, name="register-json"),
    path("openness/quarters.csv", public_files.quarters_csv, name="quarters-csv"),
    path("openness/feed.atom", public_files.feed, name="feed"),
    path("openness/cases/<slug:code>/", public.case, name="case"),
    path("openness/cases/<slug:code>/case.json", public_files.case_json, name="case-json"),
    path("openness/cases/<slug:code>/editions/<int:number>/", public.edition, name="edition"),
    path("openness/quarters/<slug:quarter>/", public.quarter, name="quarter"),
    path("openness/years/<int:year>/", public.year, name="year"),
    path("openness/work/", desk.desk, name="desk"),
    path("openness/work/new/", desk.begin, name="begin"),
    path("openness/work/audience/", audience.audience, name="audience"),
    *audience.AUDIENCE_PAGES.urls("openness/work/audience/import/"),
    path(
        "openness/work/words/<slug:channel>/<slug:language>/<slug:reading>/",
        audience.notice_template,
        name="notice-template",
    ),
    path("openness/work/replies/", replies.replies, name="replies"),
    path("openness/work/replies/<slug:code>/<int:number>/", replies.reply, name="reply"),
    path("openness/work/quarters/", quarters.quarters, name="quarters"),
    path(CASE, writing.draft, name="draft"),
    path(f"{CASE}write/", writing.write, name="write"),
    path(f"{CASE}leave-out/", writing.leave_out, name="leave-out"),
    path(f"{CASE}programmes/", writing.programmes, name="programmes"),
    path(f"{CASE}preview/", writing.preview, name="preview"),
    path(f"{CASE}hand-in/", deciding.hand_in_case, name="hand-in"),
    path(f"{CASE}hand-back/", deciding.hand_case_back, name="hand-back"),
    path(f"{CASE}hold/", deciding.hold, name="hold"),
    path(f"{CASE}take-up/", deciding.take_up, name="take-up"),
    path(f"{CASE}release/", deciding.release, name="release"),
    path(f"{CASE}withdraw/", deciding.withdraw, name="withdraw"),
    path(f"{CASE}telling/", telling.telling, name="telling"),
    path(f"{CASE}telling/letters.pdf", telling.letters, name="letters"),
    path(f"{CASE}telling/sms.csv", telling.sms, name="sms"),
    *telling.PROOF_PAGES.urls(f"{CASE}telling/proofs/"),
    path(f"{CASE}reply/", replies.take_in, name="reply-take-in"),
    *telling.REPLY_PAGES.urls(f"{CASE}replies/"),
]
