from sandbox.learner import portal

bp = portal("journal", __name__, "/journal")


@bp.get("/")
def index() -> str:
    return "à faire"
