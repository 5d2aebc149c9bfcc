"""The guards of the suite itself stand: each is tried here with what it must refuse."""

import socket
import warnings

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.template import Context, Template
from django.utils import timezone

from haicap.ledger.models import Event, Kind
from haicap.ledger.record import record
from haicap.people.models import User
from haicap.places.models import Unit


def test_a_warning_is_an_error():
    with pytest.raises(UserWarning):
        warnings.warn("soft words", UserWarning, stacklevel=1)


def test_no_socket_leads_off_this_machine():
    with (
        socket.socket() as outside,
        pytest.raises(Exception, match="(?i)block|allowed|not allowed"),
    ):
        outside.settimeout(0.2)
        outside.connect(("192.0.2.1", 80))


def test_a_socket_to_this_machine_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=2).close()


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ person.missing }}",
        "{% blocktranslate %}Dear {{ missing }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_template_variable_fails(source):
    with pytest.raises(pytest.fail.Exception, match="missing"):
        Template(source).render(Context({"person": {}}))


def test_asking_whether_a_template_variable_is_there_is_allowed():
    assert Template("{% if missing %}x{% endif %}").render(Context()) == ""


def test_passwords_are_hashed_quickly_here():
    assert make_password("x").startswith("md5$")


def test_a_run_touches_no_folder_of_a_real_installation(own_files):
    assert "haicap-test-" in str(settings.VAR)
    assert own_files == settings.FILES_ROOT


@pytest.mark.django_db
def test_the_database_is_one_made_for_tests():
    name = str(connection.settings_dict["NAME"])
    assert "test" in name
    assert "memory" not in name


def test_the_clock_stands_still_when_asked(clock, noon):
    assert timezone.now() == noon
    clock.shift(60)
    assert (timezone.now() - noon).total_seconds() == 60


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_test_that_commits_leaves_nothing_behind(time, people):
    assert Unit.objects.commune_level().count() == 129
    assert not Unit.objects.filter(name="changed").exists()
    before = Event.objects.count()
    Unit.objects.filter(pk=people.kim_dong.pk).update(name="changed")
    with transaction.atomic():
        record(list(Kind)[0], subject=people.kim_dong, by=people.po, at=timezone.now())
    assert Event.objects.count() == before + 1
    made = [each for each in vars(people).values() if isinstance(each, User)]
    assert User.objects.count() == len(made)
