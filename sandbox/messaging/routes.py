from sandbox.learner import portal

bp = portal("messaging", __name__, "/messaging")


@bp.get("/")
def index() -> str:
    return "à faire"
