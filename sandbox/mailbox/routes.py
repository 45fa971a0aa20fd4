from sandbox.learner import portal

bp = portal("mailbox", __name__, "/mailbox")


@bp.get("/")
def index() -> str:
    return "à faire"
