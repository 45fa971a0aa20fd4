from sandbox.learner import portal

bp = portal("catalogue", __name__, "/catalogue")


@bp.get("/")
def index() -> str:
    return "à faire"
