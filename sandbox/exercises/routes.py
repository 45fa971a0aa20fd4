from sandbox.learner import portal

bp = portal("exercises", __name__, "/exercises")


@bp.get("/")
def index() -> str:
    return "à faire"
