//! What can be asked of the gate.

/// Something a person may want to do. The code is what roles and policies name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Act(&'static str);

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        impl Act {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
            /// Every act there is.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

acts! {
    /// Issue certificates of training.
    CERTIFICATE_ISSUE = "certificate.issue";
    /// Revoke them.
    CERTIFICATE_REVOKE = "certificate.revoke";
    /// See courses, sessions, seats and numbers of training, without names.
    TRAINING_READ = "training.read";
    /// Plan courses, note who came, close sessions and courses.
    TRAINING_WRITE = "training.write";
    /// Say «I am here» behind the code of a session.
    TRAINING_ATTEND = "training.attend";
    /// Read the names of those who are trained.
    TRAINEE_READ = "trainee.read";
    /// Add, change, check and retire institutions of the directory, and bring them from a file.
    DIRECTORY_WRITE = "directory.write";
    /// Ask that numbers leave for a donor or for anybody.
    RELEASE_ASK = "release.ask";
    /// Let numbers go that somebody else asked for, or not.
    RELEASE_REVIEW = "release.review";
    /// Set hearings and protection measures, and what is arranged for them.
    HEARING_WRITE = "hearing.write";
    /// Answer what was sent to an institution, behind its link and code.
    PACKET_ANSWER = "packet.answer";
    /// Send an alert from an account of one's own.
    ALERT_REPORT = "alert.report";
    /// See what became of one's own alert.
    ALERT_OWN = "alert.own";
    /// Enter an alert that came by phone or in person.
    ALERT_ENTER = "alert.enter";
    /// See the triage board.
    ALERT_LIST = "alert.list";
    /// Take an alert.
    ALERT_TAKE = "alert.take";
    /// Ask or answer the reporter.
    ALERT_ANSWER = "alert.answer";
    /// Decide what becomes of an alert.
    ALERT_DECIDE = "alert.decide";
    /// Screen with a form.
    SCREENING_FILL = "screening.fill";
    /// Read a screening in a file.
    SCREENING_READ = "screening.read";
    /// Open a case.
    CASE_OPEN = "case.open";
    /// List one's cases.
    CASE_LIST = "case.list";
    /// Read the head of a file: chosen name, code, safety banner, agenda.
    CASE_READ = "case.read";
    /// Name and relieve members of the care team.
    CASE_TEAM = "case.team";
    /// Set a conflict-of-interest block.
    CASE_BLOCK = "case.block";
    /// Open a closed file again.
    CASE_REOPEN = "case.reopen";
    /// Look a person up by code or chosen name.
    PERSON_FIND = "person.find";
    /// List files that may be of one person.
    LINK_LIST = "link.list";
    /// Say of two files that they are of one person or of two, and take it back.
    LINK_DECIDE = "link.decide";
    /// Read the social folder.
    READ_SOCIAL = "read.social";
    /// Write in the social folder.
    WRITE_SOCIAL = "write.social";
    /// Read the health folder.
    READ_HEALTH = "read.health";
    /// Write in the health folder.
    WRITE_HEALTH = "write.health";
    /// Read the psychological folder.
    READ_PSYCHOLOGICAL = "read.psychological";
    /// Write in the psychological folder.
    WRITE_PSYCHOLOGICAL = "write.psychological";
    /// Read the legal folder.
    READ_LEGAL = "read.legal";
    /// Write in the legal folder.
    WRITE_LEGAL = "write.legal";
    /// Read where she is.
    READ_LOCATION = "read.location";
    /// Write where she is.
    WRITE_LOCATION = "write.location";
    /// Open her real identity, with a reason.
    READ_IDENTITY = "read.identity";
    /// Write her real identity.
    WRITE_IDENTITY = "write.identity";
    /// Evaluate risk and write the safety plan.
    SAFETY_WRITE = "safety.write";
    /// Record or withdraw a consent.
    CONSENT_WRITE = "consent.write";
    /// Write the life plan.
    PLAN_WRITE = "plan.write";
    /// Record a service.
    SERVICE_WRITE = "service.write";
    /// Note a follow-up: in a closed file too.
    FOLLOW_WRITE = "follow.write";
    /// Give and finish tasks.
    TASK_WRITE = "task.write";
    /// Attach a file.
    FILE_WRITE = "file.write";
    /// Send something about her to another institution.
    SHARE = "share";
    /// Record an identification decision.
    IDENTIFY = "identify";
    /// Ask for the closing of a case.
    CLOSE_ASK = "close.ask";
    /// Approve the closing of a case.
    CLOSE_APPROVE = "close.approve";
    /// See who saw the file.
    ACCESS_LOG = "access.log";
    /// Use emergency access.
    BREAK_USE = "break.use";
    /// Review an emergency access.
    BREAK_REVIEW = "break.review";
    /// See the house's list of today.
    HOUSE_READ = "house.read";
    /// Know what the door needs of somebody who is on her way to the house.
    HOUSE_EXPECT = "house.expect";
    /// Receive somebody into the house, and note when she leaves.
    HOUSE_ADMIT = "house.admit";
    /// Write the house's day: shift, log, doses, who goes out and comes back.
    HOUSE_LOG = "house.log";
    /// Place somebody against a rule of safety, with a reason, and say who must be kept apart.
    HOUSE_OVERRIDE = "house.override";
    /// Authorise who may visit her.
    VISIT_AUTHORISE = "visit.authorise";
    /// Sign a dose as the second person.
    DOSE_WITNESS = "dose.witness";
    /// See the clinic's queue and its appointments.
    CLINIC_READ = "clinic.read";
    /// Receive somebody at the clinic, call her, end her visit.
    CLINIC_RECEIVE = "clinic.receive";
    /// Hold a group session or a class, and note who came.
    GROUP_RUN = "group.run";
    /// Ask for economic support.
    SUPPORT_ASK = "support.ask";
    /// Approve economic support that somebody else asked for.
    SUPPORT_APPROVE = "support.approve";
    /// Hand over what was approved, against a receipt.
    SUPPORT_PAY = "support.pay";
    /// See what the budget lines of economic support hold; no names.
    BUDGET_READ = "budget.read";
    /// Put money on a budget line.
    BUDGET_WRITE = "budget.write";
    /// Make a report for a court and release it.
    REPORT_WRITE = "report.write";
    /// Read the clocks of the route in a case.
    ROUTE_READ = "route.read";
    /// Note steps of the route in a case.
    ROUTE_WRITE = "route.write";
    /// Read the case conferences of a case and what they decided.
    CONFERENCE_READ = "conference.read";
    /// Prepare a case conference, record what she objects to, and write what was decided.
    CONFERENCE_WRITE = "conference.write";
    /// Say that something of a case came out, and ask for another code and other keys.
    LEAK_ASK = "leak.ask";
    /// Decide on the answer to a leak that somebody else noticed, and read its report without content.
    LEAK_DECIDE = "leak.decide";
    /// Read the route row by row and sign a version of it.
    ROUTE_SIGN = "route.sign";
    /// Put a version of the route in force that somebody else signed, and retire it.
    ROUTE_PUBLISH = "route.publish";
    /// Write about the conduct of somebody of the staff.
    CONDUCT_WRITE = "conduct.write";
    /// Read what was written about the conduct of staff, and take its steps.
    CONDUCT_READ = "conduct.read";
    /// See the desk of one's municipal office.
    OFFICE_READ = "office.read";
    /// Write at it: who came, calls, visits, activities, meetings.
    OFFICE_WRITE = "office.write";
    /// See the community network: partners, what they were given, what was held.
    NETWORK_READ = "network.read";
    /// Add and change partners, give cards and materials, note activities.
    NETWORK_WRITE = "network.write";
    /// See what became of one's own alerts, as a partner behind her link and number.
    NETWORK_OWN = "network.own";
    /// Write the programme's log: opinions, supervision, hours, advice, decisions, notes.
    LOG_WRITE = "log.write";
    /// See what must move when the grant ends, and decide on it.
    CLOSING_RUN = "closing.run";
    /// Begin the handover of a post to a successor, and close it.
    HANDOVER_BEGIN = "handover.begin";
    /// See what is open of whoever leaves, and say who gets it.
    HANDOVER_RUN = "handover.run";
    /// Approve, as the second person, that it moves.
    HANDOVER_APPROVE = "handover.approve";
    /// Note one's own hours.
    EFFORT_WRITE = "effort.write";
    /// See the supervision page.
    SUPERVISE = "supervise";
    /// See the programme's numbers.
    NUMBERS_READ = "numbers.read";
    /// Open a quarter of a grant, explain its figures, bring spending and earlier records, ask for approval.
    RESULTS_WRITE = "results.write";
    /// Approve a quarter that somebody else wrote, which freezes and signs it.
    RESULTS_APPROVE = "results.approve";
    /// Publish and retire forms.
    FORM_PUBLISH = "form.publish";
    /// Bring a Word template for the papers that leave.
    TEMPLATE_BRING = "template.bring";
    /// Publish and retire Word templates.
    TEMPLATE_PUBLISH = "template.publish";
    /// See one's own plan, as the survivor.
    PLAN_OWN = "plan.own";
    /// Ask for an erasure.
    ERASE_ASK = "erase.ask";
    /// Approve an erasure.
    ERASE_APPROVE = "erase.approve";
    /// Set and lift a legal hold.
    HOLD_SET = "hold.set";
    /// Read and verify the ledger.
    AUDIT_READ = "audit.read";
    /// Manage accounts.
    ACCOUNT_MANAGE = "account.manage";
    /// See the system's health.
    SYSTEM_READ = "system.read";
}

impl Act {
    /// Its code, as roles and policies name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// Whether it opens, of the files of others, only the compartments that name it in the pack. Who works a night or a
    /// queue must know little of many people.
    #[must_use]
    pub fn is_narrow(self) -> bool {
        [Self::DOSE_WITNESS, Self::GROUP_RUN, Self::PACKET_ANSWER].contains(&self)
            || self.0.starts_with("house.")
            || self.0.starts_with("clinic.")
            || self.0.starts_with("conduct.")
            || self.0.starts_with("route.")
            || self.0.starts_with("office.")
            || self.0.starts_with("handover.")
            || self.0.starts_with("certificate.")
            || self.0.starts_with("training.")
            || self.0.starts_with("trainee.")
            || self.0.starts_with("network.")
            || self.0.starts_with("log.")
            || self.0.starts_with("closing.")
    }

    /// The act with this code.
    #[must_use]
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|a| a.0 == code)
    }
}
