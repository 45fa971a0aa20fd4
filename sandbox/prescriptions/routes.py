from sandbox.learner import portal

bp = portal("prescriptions", __name__, "/prescriptions")


@bp.get("/")
def index() -> str:
    return "à faire"
