"""The smaller of the published extensions.

Source: https://openbadgespec.org/extensions/ with its JSON Schemas, whose facts are restated here.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AliasChoices, Field, StringConstraints

from openbadge_issuer.assertions.open_badges_2.extensions.extension import EXTENSION, Extension
from openbadge_issuer.assertions.open_badges_2.node import BadgeNode
from openbadge_issuer.assertions.values import Many, OneOrMore, Uri
from openbadge_issuer.assertions.verifiable_credential import ContextItem

_W3ID = "https://w3id.org/openbadges/extensions"
_HOST = "https://openbadgespec.org/extensions"

Number: TypeAlias = int | float
_CalendarDate: TypeAlias = Annotated[
    str,
    StringConstraints(
        pattern=r"^[0-9]{4}(-(1[0-2]|0[1-9])-(3[01]|0[1-9]|[12][0-9])|(1[0-2]|0[1-9])(3[01]|0[1-9]|[12][0-9]))$"
    ),
]
_LicenseId: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^(CC-|https?://creativecommons\.org/)[^\s]*$")
]


class ApplyLink(Extension):
    """Where one can apply for the badge."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_HOST}/applyLinkExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:ApplyLink")
    url: Uri


class Point(BadgeNode):
    """A point on the earth, in degrees."""

    latitude: Number
    longitude: Number


class GeoCoordinates(Extension):
    """Where the badge is available, was earned, or has its issuer."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_W3ID}/geoCoordinatesExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:GeoCoordinates")
    name: str | None = None
    description: str
    geo: Point


class Accessibility(Extension):
    """How people with a disability can use what is at `url`.

    The published schema lists what is required in the wrong place, so nothing is.
    """

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_W3ID}/accessibilityExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:Accessibility")
    accessibility_api: str | None = Field(default=None, alias="accessibilityAPI")
    accessibility_control: Many[str] = ()
    accessibility_feature: str | None = None
    accessibility_hazard: str | None = None
    url: Uri | None = None


class License(Extension):
    """Under which Creative Commons licence the design can be used.

    `id` is the URL of the licence or an alias such as `CC-BY`. The rule of the published schema knows the
    aliases alone, its text the URL as well.
    """

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_HOST}/licenseExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:LicenseExtension")
    id: _LicenseId
    name: str
    legal_code: Uri | None = None


class OriginalCreator(Extension):
    """Who designed the badge first, if another issuer uses it."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_HOST}/originalCreatorExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:OriginalCreator")
    url: Uri


class ExtraDescription(Extension):
    """A further section of text with a title."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_W3ID}/extraDescription/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:ExtraDescriptionExtension")
    name: str
    narrative: str


class Address(BadgeNode):
    """A postal address."""

    street_address: str | None = None
    address_locality: str | None = None
    address_region: str | None = None
    address_country: str | None = None
    postal_code: str | None = None


class ParentOrganization(BadgeNode):
    """The organisation that an accrediting body belongs to."""

    name: str | None = None
    url: Uri | None = None
    address: Address | None = None


class IssuerAccreditation(Extension):
    """Who accredited the issuer."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_W3ID}/issuerAccreditationExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:IssuerAccreditation")
    name: str
    contact_instructions: str
    url: Uri
    address: Address
    email: str | None = None
    description: str | None = None
    logo: Uri | None = None
    parent_organization: ParentOrganization | None = None
    area_served: str | None = None
    accreditation_date: _CalendarDate | None = None
    educational_sector: str | None = None


class RecipientProfile(Extension):
    """Further details of the recipient, such as a public key."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_HOST}/recipientProfile/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:RecipientProfile")
    id: str | None = None
    name: str | None = None
    public_key: Uri | None = None


class EndorsementExtension(Extension):
    """An endorsement as 1.x knew it, inside an assertion whose recipient is what is endorsed."""

    context: OneOrMore[ContextItem] = Field(default=(f"{_W3ID}/endorsement/context.json",), alias="@context")
    type: Many[str] = (EXTENSION, "extensions:Endorsement")
    description: str
    endorsed_object: dict[str, object] | None = None


class ExampleExtension(Extension):
    """The example of the specification: one text."""

    context: OneOrMore[ContextItem] = Field(
        default=(f"{_W3ID}/exampleExtension/context.json",), alias="@context"
    )
    type: Many[str] = (EXTENSION, "extensions:ExampleExtension")
    example_property: str = Field(
        # the tests of the validators write it by its IRI
        validation_alias=AliasChoices("exampleProperty", "http://schema.org/text"),
        alias="exampleProperty",
    )
