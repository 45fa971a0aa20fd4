from sandbox.learner import portal

bp = portal("notifications", __name__, "/notifications")


@bp.get("/")
def index() -> str:
    return "à faire"
