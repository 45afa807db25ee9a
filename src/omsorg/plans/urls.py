"""Addresses of the plan tracker: /promises/ for everybody, /plans/ for those who work with it."""

from django.urls import URLPattern, URLResolver, include, path

from omsorg.plans.views import (
    answer,
    answers,
    board,
    documents,
    figures_file,
    history,
    import_plan,
    plan_on,
    public,
    public_files,
    reports,
    review,
    revise,
    revise_promises,
    revise_stated,
    verify,
    work,
)

app_name = "plans"

one_report: list[URLPattern | URLResolver] = [
    path("", public.report, name="report"),
    path("actions/", public.actions, name="report-actions"),
    path("actions/<str:code>/", public.action, name="report-action"),
    path("indicators/", public.indicators, name="report-indicators"),
    path("indicators/<str:code>/", public.indicator, name="report-indicator"),
    path("indicators/<str:code>/organisations.csv", public_files.indicator_csv, name="indicator-csv"),
    path("indicators/<str:code>/indicator.json", public_files.indicator_json, name="indicator-json"),
    path("recommendations/", public.recommendations, name="report-recommendations"),
    path("report.pdf", public_files.report_as_pdf, name="report-pdf"),
    path("report.json", public_files.report_json, name="report-json"),
    path("actions.csv", public_files.actions_csv, name="actions-csv"),
    path("indicators.csv", public_files.indicators_csv, name="indicators-csv"),
    path("recommendations.csv", public_files.recommendations_csv, name="recommendations-csv"),
]
one_answer: list[URLPattern | URLResolver] = [
    path("", answer.answer, name="answer"),
    path("ratings/", answer.ratings, name="answer-ratings"),
    path("documents/", documents.documents, name="answer-documents"),
    path("hand-in/", answer.hand_in, name="answer-hand-in"),
    path("review/", review.review, name="answer-review"),
    *figures_file.PAGES.urls("upload/"),
]
desk: list[URLPattern | URLResolver] = [
    path("", revise.revise, name="revise"),
    path("add/source/", revise_stated.add_a_source, name="revise-add-source"),
    path("add/recommendation/", revise_stated.add_a_recommendation, name="revise-add-recommendation"),
    path("add/<slug:what>/", revise_promises.add, name="revise-add"),
    path("actions/<str:code>/", revise_promises.action, name="revise-action"),
    path("actions/<str:code>/budget/", revise_stated.budget, name="revise-budget"),
    path("actions/<str:code>/budget/<slug:which>/", revise_stated.money, name="revise-money"),
    path("indicators/<str:code>/", revise_promises.indicator, name="revise-indicator"),
    path("indicators/<str:code>/targets/", revise_stated.targets, name="revise-targets"),
    path("indicators/<str:code>/targets/state/", revise_stated.target, name="revise-target"),
    path("recommendations/<str:code>/", revise_stated.recommendation, name="revise-recommendation"),
    path("recommendations/<str:code>/actions/", revise_stated.links, name="revise-links"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("promises/", public.promises, name="promises"),
    path("promises/feed.atom", public_files.feed, name="feed"),
    path("promises/<slug:plan>/", public.plan, name="public-plan"),
    path("promises/<slug:plan>/plan-on/", plan_on.plan_on, name="public-plan-on"),
    path("promises/<slug:plan>/history/<slug:what>/<str:code>/", history.history, name="public-history"),
    path("promises/<slug:plan>/changes/", public.changes, name="public-changes"),
    path("promises/<slug:plan>/reports/<slug:report>/", include(one_report)),
    path("plans/import/columns/", import_plan.columns, name="plan-columns"),
    *import_plan.pages.urls("plans/import/"),
    path("plans/reports/", reports.reports, name="reports"),
    path("plans/<slug:plan>/reports/freeze/", reports.freeze, name="freeze-report"),
    path("plans/<slug:plan>/reports/<slug:report>/", reports.frozen, name="frozen-report"),
    path("plans/<slug:plan>/reports/<slug:report>/draft.pdf", reports.frozen_pdf, name="frozen-report-pdf"),
    path("plans/<slug:plan>/reports/<slug:report>/release/", reports.release, name="release-report"),
    path("plans/", work.my_work, name="my-work"),
    path("plans/<slug:plan>/answers/", answers.answers, name="answers"),
    path("plans/<slug:plan>/board/", board.board, name="board"),
    path("plans/<slug:plan>/verify/", verify.verification, name="verification"),
    path("plans/<slug:plan>/verify/<str:organisation>/<str:period>/<str:code>/", verify.contest, name="contest"),
    path("plans/<slug:plan>/answers/<str:organisation>/<str:period>/", include(one_answer)),
    path("plans/<slug:plan>/documents/<str:code>/", documents.document, name="document"),
    path("plans/<slug:plan>/documents/<str:code>/withdraw/", documents.withdraw, name="withdraw-document"),
    path("plans/revise/", revise.plans, name="revise-plans"),
    path("plans/<slug:plan>/revise/", include(desk)),
]
