from flask import Blueprint

bp = Blueprint("pro", __name__, url_prefix="/pro")


@bp.get("/")
def index() -> str:
    return "à faire"


@bp.route("/connexion", methods=["GET", "POST"])
def sign_in() -> str:
    return "à faire"


@bp.route("/carte/<token>", methods=["GET", "POST"])
def card(token: str) -> str:
    return "à faire"
