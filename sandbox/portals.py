"""The parts of the site, each audience with its own guard and its own frame."""

from __future__ import annotations

from flask import Flask

from sandbox import assets, echo
from sandbox.account import routes as account
from sandbox.agenda import feed, reminding, subscribing
from sandbox.agenda import routes as agenda
from sandbox.catalogue import models as consents
from sandbox.catalogue import routes as catalogue
from sandbox.catalogue import synchronized
from sandbox.classroom import routes as classroom
from sandbox.classroom import veil
from sandbox.comfort import routes as comfort
from sandbox.console import routes as console
from sandbox.documents import routes as documents
from sandbox.enrolment import onboarding
from sandbox.enrolment import routes as enrolment
from sandbox.exercises import attempts, touring
from sandbox.exercises import routes as exercises
from sandbox.export import models as archives
from sandbox.export import routes as export
from sandbox.family import models as delegations
from sandbox.family import routes as family
from sandbox.help import models as tickets
from sandbox.help import routes as help_
from sandbox.home import routes as home
from sandbox.journal import routes as journal
from sandbox.journal import service as history
from sandbox.leaving import closing, opposition, reopening
from sandbox.mailbox import routes as mailbox
from sandbox.messaging import routes as messaging
from sandbox.notifications import routes as notifications
from sandbox.partners import caisse, identity, letters
from sandbox.partners import models as customers
from sandbox.partners import routes as partners
from sandbox.prescriptions import paper as prescribed
from sandbox.prescriptions import routes as prescriptions
from sandbox.prevention import models as exams
from sandbox.prevention import routes as prevention
from sandbox.privacy import routes as privacy
from sandbox.pro import routes as pro
from sandbox.profile import routes as profile
from sandbox.settings import routes as settings
from sandbox.vaccination import models as vaccinations

CONSEQUENCES = (echo, history, letters, reminding, attempts)  # imported for what they subscribe
TABLES = (archives, consents, customers, delegations, exams, tickets, vaccinations)  # imported for the tables they declare
SHEETS = (prescribed,)  # imported for the documents that they set their own way
LEARNER = (
    home, documents, notifications, messaging, prevention, agenda, catalogue, synchronized, prescriptions, profile, journal, mailbox,
    subscribing, exercises, partners, privacy, family, export, help_, settings, closing, onboarding,
)
DOOR = (enrolment, opposition, reopening, identity, caisse, feed)  # before signing in

mailbox.bp.after_request(touring.watch)  # a tour goes through the simulated phone too
mailbox.bp.context_processor(touring.frame)


def init_app(app: Flask) -> None:
    app.register_blueprint(assets.bp)
    app.register_blueprint(account.bp)
    app.register_blueprint(comfort.bp)
    for feature in (*DOOR, *LEARNER, classroom, veil):
        app.register_blueprint(feature.bp)
    app.register_blueprint(pro.bp)
    app.register_blueprint(console.bp)
