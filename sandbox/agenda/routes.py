from sandbox.learner import portal

bp = portal("agenda", __name__, "/agenda")


@bp.get("/")
def index() -> str:
    return "à faire"
