from sandbox.learner import portal

bp = portal("documents", __name__, "/documents")


@bp.get("/")
def index() -> str:
    return "à faire"
