"""The peer of the ballots: a view behind the same middleware that puts one row into a table and answers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from gongdi.config.urls import handler403, handler404, handler500
from gongdi.config.urls import urlpatterns as of_the_house

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]
TABLE = "CREATE TABLE IF NOT EXISTS bench_row (ballot VARCHAR(40) PRIMARY KEY, household BIGINT, text VARCHAR(400))"


@csrf_exempt
@login_not_required
def insert_row(request: HttpRequest) -> HttpResponse:
    """One INSERT, committed before the answer."""
    row = (request.POST["ballot"], int(request.POST["household"]), "x" * 300)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_row VALUES (%s, %s, %s)", row)
    return HttpResponse(b"ok")


urlpatterns = [path("bare/", insert_row), *of_the_house]
