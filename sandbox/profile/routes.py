from sandbox.learner import portal

bp = portal("profile", __name__, "/profile")


@bp.get("/")
def index() -> str:
    return "à faire"
