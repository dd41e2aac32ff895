"""Addresses of deliberation: issues and topics of the office, residents' under my/."""

from django.urls import path

from gongdi.apps.deliberation.views import issues, own, topics

app_name = "deliberation"
urlpatterns = [
    path("issues/", issues.see_issues, name="see_issues"),
    path("issues/export/", issues.export_issues, name="export_issues"),
    path("compounds/<int:pk>/issues/report/", issues.report_issue, name="report_issue"),
    path("issues/<int:pk>/", issues.see_issue, name="see_issue"),
    path("issues/<int:pk>/assign/", issues.assign_issue, name="assign_issue"),
    path("issues/<int:pk>/handle/", issues.handle_issue, name="handle_issue"),
    path("issues/<int:pk>/close/", issues.close_issue, name="close_issue"),
    path("issues/<int:pk>/reopen/", issues.reopen_issue, name="reopen_issue"),
    path("issues/<int:pk>/escalate/", issues.escalate_issue, name="escalate_issue"),
    path("issues/<int:pk>/dismiss/", issues.dismiss_issue, name="dismiss_issue"),
    path("topics/", topics.see_topics, name="see_topics"),
    path("compounds/<int:pk>/topics/raise/", topics.raise_topic, name="raise_topic"),
    path("topics/<int:pk>/", topics.see_topic, name="see_topic"),
    path("topics/<int:pk>/reply/", topics.reply_topic, name="reply_topic"),
    path("topics/<int:pk>/hide/", topics.hide_topic, name="hide_topic"),
    path("topics/<int:pk>/meetings/hold/", topics.hold_meeting, name="hold_meeting"),
    path("topics/<int:pk>/close/", topics.close_topic, name="close_topic"),
    path("replies/<int:pk>/hide/", topics.hide_reply, name="hide_reply"),
    path("my/issues/", own.see_own_issues, name="see_own_issues"),
    path("my/issues/report/", own.report_own_issue, name="report_own_issue"),
    path("my/issues/<int:pk>/", own.see_own_issue, name="see_own_issue"),
    path("my/issues/<int:pk>/photos/<int:photo>/", own.show_own_photo, name="show_own_photo"),
    path("my/issues/<int:pk>/close/", own.close_own_issue, name="close_own_issue"),
    path("my/issues/<int:pk>/reopen/", own.reopen_own_issue, name="reopen_own_issue"),
    path("my/topics/", own.see_own_topics, name="see_own_topics"),
    path("my/topics/raise/", own.raise_own_topic, name="raise_own_topic"),
    path("my/topics/<int:pk>/", own.see_own_topic, name="see_own_topic"),
]
