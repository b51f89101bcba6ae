//! The rules behind the findings of dark patterns: each its name and its address.
//!
//! They are European ones, which say it most clearly; Doui holds every shop to them.

/// Consent that is compelled is none: "real choice and control".
pub(super) const FREE: &str = "EDPB Guidelines 05/2020 on consent, paragraph 13, https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en";

/// What a shop sells must not depend on consent to something else.
pub(super) const UNCONDITIONAL: &str = "EDPB Guidelines 05/2020 on consent, paragraph 39, https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en";

/// Consent follows from what a person is told before.
pub(super) const INFORMED: &str = "EDPB Guidelines 05/2020 on consent, section 3.3, https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en";

/// Going on is no consent.
pub(super) const ACTIVE: &str = "EDPB Guidelines 05/2020 on consent, paragraph 86, https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en";

/// Words that do not say what a control does leave people in the dark.
pub(super) const PLAIN: &str = "EDPB Guidelines 03/2022 on deceptive design patterns, \"ambiguous wording or information\", https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-032022-deceptive-design-patterns-social-media_en";

/// Refusing is as easy to see and to do as allowing.
pub(super) const EQUAL: &str = "EDPB Cookie Banner Taskforce, report of 17 January 2023, https://www.edpb.europa.eu/our-work-tools/our-documents/other/report-work-undertaken-cookie-banner-taskforce_en";

/// Text and controls stand out from what is around them.
pub(super) const CONTRAST: &str =
    "WCAG 2.2, 1.4.3 and 1.4.11, https://www.w3.org/TR/WCAG22/#contrast-minimum";
