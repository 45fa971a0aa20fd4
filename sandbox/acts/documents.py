"""Acts about documents and folders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sandbox.publishing import Act

if TYPE_CHECKING:
    from sandbox.account.models import User
    from sandbox.documents.models import Document, Folder


class _Told(NamedTuple):
    """What a phrase may say of a document."""

    title: str
    author: User


@dataclass(frozen=True, kw_only=True)
class DocumentAct(Act):
    about = "document"
    document: Document

    def __str__(self) -> str:
        """What is not announced to the patient yet is not named to them."""
        if not self.document.is_hidden:
            return super().__str__()
        return self.phrase.format(**vars(self) | {"document": _Told("non annoncé", self.document.author)})


@dataclass(frozen=True, kw_only=True)
class DocumentDeposited(DocumentAct):
    phrase = "{actor.name} a déposé le document « {document.title} »"
    notifies = "AJOUT_DOC"


@dataclass(frozen=True, kw_only=True)
class VaccinationRecorded(DocumentDeposited):
    """A professional who vaccinates deposits the note of it."""

    phrase = "{actor.name} a ajouté une vaccination : « {document.title} »"
    notifies = "AJOUT_VACCINATION"


@dataclass(frozen=True, kw_only=True)
class ExamRecorded(DocumentDeposited):
    """A professional who examined a child deposits the certificate of it."""

    phrase = "{actor.name} a ajouté un examen de l’enfant : « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentReplaced(DocumentAct):
    phrase = "{actor.name} a remplacé le document « {document.title} » par une nouvelle version"
    notifies = "MODIF_DOC"


@dataclass(frozen=True, kw_only=True)
class DocumentWithdrawn(DocumentAct):
    phrase = "{actor.name} a retiré le document « {document.title} » de votre dossier"
    notifies = "SUPP_DOC"


@dataclass(frozen=True, kw_only=True)
class DocumentPutBack(DocumentAct):
    phrase = "{actor.name} a remis le document « {document.title} » dans votre dossier"
    notifies = "AJOUT_DOC"


@dataclass(frozen=True, kw_only=True)
class DocumentAdded(DocumentAct):
    phrase = "Ajout du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentOpened(DocumentAct):
    phrase = "Consultation du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentConsulted(DocumentAct):
    phrase = "{actor.name} a consulté le document « {document.title} »"
    notifies = "CONSULT_DOCUMENT"


@dataclass(frozen=True, kw_only=True)
class DocumentDownloaded(DocumentAct):
    phrase = "Téléchargement du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentMasked(DocumentAct):
    phrase = "Masquage du document « {document.title} » aux professionnels"


@dataclass(frozen=True, kw_only=True)
class DocumentUnmasked(DocumentAct):
    phrase = "Le document « {document.title} » est de nouveau visible des professionnels"


@dataclass(frozen=True, kw_only=True)
class DocumentChanged(DocumentAct):
    phrase = "Modification du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentMoved(DocumentAct):
    phrase = "Rangement du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class DocumentSent(DocumentAct):
    phrase = "Envoi du document « {document.title} » à {professional.name}"
    professional: User


@dataclass(frozen=True, kw_only=True)
class DocumentKeptBack(DocumentAct):
    """Deposited, but invisible to its patient until it is announced: nobody says what it is (R1111-53)."""

    phrase = "{actor.name} a déposé un document qui vous sera présenté en consultation"


@dataclass(frozen=True, kw_only=True)
class KeptBackConsulted(DocumentAct):
    """Read by a professional before its patient may: traced, never named, and no news."""

    phrase = "{actor.name} a consulté un document qui vous sera présenté en consultation"


@dataclass(frozen=True, kw_only=True)
class AnnouncementAwaited(DocumentAct):
    """After two weeks the patient is told that something waits, and who holds it: what it is stays unsaid."""

    phrase = "Un document de {document.author.name} vous attend : prenez rendez-vous pour qu’on vous le présente"
    about = "professional"  # whom the patient must see: the document itself is not there yet
    notifies = "ATTENTE_ANNONCE"

    @property
    def subject_ref(self) -> str:
        return self.document.author.ref


@dataclass(frozen=True, kw_only=True)
class DocumentReleased(DocumentAct):
    """Announced by its author, or shown by itself after a month."""

    phrase = "Le document « {document.title} » de {document.author.name} est maintenant visible"
    notifies = "REMISE_VISIBILITE_AUTO"


@dataclass(frozen=True, kw_only=True)
class MeasuresFound(DocumentAct):
    phrase = "Le document « {document.title} » contient des mesures que vous pouvez reprendre"
    notifies = "MESURES_A_REPRENDRE"


@dataclass(frozen=True, kw_only=True)
class MeasuresExtracted(DocumentAct):
    phrase = "Reprise des mesures du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class MeasuresRefused(DocumentAct):
    phrase = "Refus de reprendre les mesures du document « {document.title} »"


@dataclass(frozen=True, kw_only=True)
class FolderAct(Act):
    about = "folder"
    folder: Folder


@dataclass(frozen=True, kw_only=True)
class FolderCreated(FolderAct):
    phrase = "Création du dossier « {folder.name} »"


@dataclass(frozen=True, kw_only=True)
class FolderRenamed(FolderAct):
    phrase = "Le dossier « {former} » s’appelle maintenant « {folder.name} »"
    former: str


@dataclass(frozen=True, kw_only=True)
class FolderDeleted(FolderAct):
    phrase = "Suppression du dossier « {folder.name} » ; ses documents restent"


@dataclass(frozen=True, kw_only=True)
class DocumentDeleted(DocumentAct):
    phrase = "Suppression du document « {document.title} »"
