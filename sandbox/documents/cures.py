"""What is said of a file that cannot be taken: always with what to do instead."""

from __future__ import annotations

TYPES = "PDF, JPEG, PNG, TIFF, TXT ou RTF"

REAL = (
    "Ce fichier ou son nom contient ce qui pourrait être le numéro, le téléphone, l’e-mail ou l’adresse d’une vraie personne : "
    "il n’a pas été gardé. Ici, on s’entraîne avec de faux papiers : demandez-en un au formateur."
)
EMPTY = "Ce fichier est vide. Choisissez un autre fichier."
TOO_HEAVY = "Ce fichier dépasse 5 Mo. Prenez une photo moins grande, ou enregistrez le document en PDF allégé."
PHOTO_TOO_HEAVY = "Cette photo dépasse 15 Mo. Prenez-la de nouveau avec une qualité moins élevée."
OTHER = f"Ce type de fichier n’est pas accepté. Choisissez un fichier {TYPES}."
WRITTEN = (
    "Ce document vient d’un traitement de texte. Ouvrez-le, choisissez « Enregistrer au format PDF », "
    "puis ajoutez le PDF."
)
ARCHIVE = "Un dossier compressé ne peut pas être lu ici. Ouvrez-le, puis ajoutez un par un les documents qu’il contient."
PHONE_PHOTO = (
    "Ce format de photo n’est pas lu partout. Dans le téléphone, envoyez la photo au format JPEG, "
    "ou faites une capture d’écran."
)
OTHER_PICTURE = "Ce format d’image n’est pas accepté. Ouvrez l’image et enregistrez-la au format JPEG ou PNG."
WEB_PAGE = (
    f"Ce fichier est une page web ou un dessin, même si son nom dit autre chose. Choisissez un fichier {TYPES}, "
    "ou imprimez la page en PDF."
)
NOT_AN_IMAGE = "Ce fichier porte un nom d’image ou de PDF, mais n’en est pas un. Retrouvez le document d’origine."
BROKEN_IMAGE = "Cette image est abîmée. Reprenez la photo, ou ouvrez l’image et enregistrez-la de nouveau."
TOO_BIG = "Cette image est trop grande pour être lue ici. Réduisez ses dimensions, puis recommencez."
TOO_MANY_SHEETS = "Ce scan a plus de 10 pages. Enregistrez-le au format PDF, puis ajoutez le PDF."
BROKEN_PDF = "Ce PDF est abîmé. Ouvrez-le, imprimez-le « vers un PDF », puis ajoutez la nouvelle copie."
LOCKED_PDF = (
    "Ce PDF est protégé par un mot de passe. Ouvrez-le avec son mot de passe, enregistrez une copie sans protection, "
    "puis ajoutez cette copie."
)
LONG_PDF = (
    "Ce PDF a plus de 300 pages. Ouvrez-le, choisissez « Imprimer », gardez seulement les pages utiles, "
    "enregistrez-les au format PDF, puis ajoutez ce PDF."
)
TANGLED_PDF = "Ce PDF est trop compliqué pour être lu ici. Ouvrez-le, imprimez-le « vers un PDF », puis ajoutez la nouvelle copie."

FULL = "Un document réunit 10 pages au plus. Ajoutez d’abord celles-ci à vos documents, puis continuez avec les autres."
NOTHING = "Choisissez un fichier, ou prenez une photo."
USED = "Ces pages viennent d’être ajoutées à vos documents, peut-être dans une autre fenêtre. Regardez votre liste."
TEXT_ALONE = "Le texte « {} » ne peut pas être réuni avec d’autres pages. Retirez-le, ou gardez-le seul."
CANNOT_JOIN = "Le PDF « {} » ne peut pas être réuni avec d’autres pages. Ajoutez-le seul."
TOO_HEAVY_TOGETHER = "Réunies, ces pages dépassent 5 Mo. Retirez-en quelques-unes, et faites-en un deuxième document."
FOLDER_GONE = "Le dossier choisi vient d’être supprimé. Choisissez-en un autre, puis ajoutez le document."
