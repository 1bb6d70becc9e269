//! The flags and secrets of what the Portal sends: its account here, how long notices are kept, and the webhook.

use std::time::Duration;

use clap::Args;
use reqwest::Url;

use super::InboxConfig;
use super::webhook::WebhookConfig;
use crate::callbacks::account::Account;
use crate::callbacks::routes::CallbacksConfig;
use crate::secret::Secret;

/// Looks a secret up by the name of its variable.
pub type Lookup<'l> = &'l dyn Fn(&str) -> Result<Option<Secret>, String>;

/// portalSecret.
pub const PORTAL_SECRET: &str = "PORTFORM_CALLBACKS_PORTAL_SECRET";
/// What a webhook's deliveries are signed with.
pub const WEBHOOK_SECRET: &str = "PORTFORM_WEBHOOK_SECRET";

/// A secret of fewer characters can be guessed.
const SHORT: usize = 16;

/// What the Portal sends, and who gets it.
#[derive(Debug, Args)]
#[command(next_help_heading = "What the Portal sends")]
pub struct InboxArgs {
    /// portalId by which the Portal signs in here; its portalSecret comes from the environment
    #[arg(long, env = "PORTFORM_CALLBACKS_PORTAL_ID", value_name = "ID")]
    pub callbacks_portal_id: Option<String>,

    /// How long a token that the Portal has asked for is good, in seconds
    #[arg(long, env = "PORTFORM_CALLBACKS_TOKEN_SECONDS", value_name = "SECONDS", default_value_t = 3600)]
    pub callbacks_token_seconds: u32,

    /// How long a notice is kept after it was acknowledged, in days
    #[arg(long, env = "PORTFORM_INBOX_KEEP_DAYS", value_name = "DAYS", default_value_t = 30)]
    pub inbox_keep_days: u32,

    /// How long a notice is kept that nobody acknowledges, in days
    #[arg(long, env = "PORTFORM_INBOX_KEEP_UNACKNOWLEDGED_DAYS", value_name = "DAYS", default_value_t = 365)]
    pub inbox_keep_unacknowledged_days: u32,

    /// Address of the information system to which notices are sent by themselves
    #[arg(long, env = "PORTFORM_WEBHOOK", value_name = "URL")]
    pub webhook: Option<String>,

    /// After which a notice that the webhook's receiver does not take is given up, in days
    #[arg(long, env = "PORTFORM_WEBHOOK_GIVE_UP_DAYS", value_name = "DAYS", default_value_t = 3)]
    pub webhook_give_up_days: u32,
}

impl InboxArgs {
    /// What they ask for. The error is one sentence and shows no secret.
    pub fn read(self, secret: Lookup<'_>) -> Result<(CallbacksConfig, InboxConfig), String> {
        let account = match (self.callbacks_portal_id, secret(PORTAL_SECRET)?) {
            (None, None) => None,
            (Some(_), None) => return Err(format!("--callbacks-portal-id needs {PORTAL_SECRET} as well")),
            (None, Some(_)) => return Err(format!("{PORTAL_SECRET} needs --callbacks-portal-id as well")),
            (Some(id), Some(_)) if id.is_empty() || id.contains(':') => {
                return Err(
                    "--callbacks-portal-id is not empty and has no colon, which HTTP Basic cannot carry".to_owned()
                );
            }
            (Some(id), Some(secret)) => {
                if secret.expose().chars().count() < SHORT {
                    tracing::warn!("{PORTAL_SECRET} is short enough to be guessed");
                }
                Some(Account { id, secret, token_seconds: self.callbacks_token_seconds })
            }
        };
        for (flag, given, least, most) in [
            ("--callbacks-token-seconds", self.callbacks_token_seconds, 1, 31_536_000),
            ("--inbox-keep-days", self.inbox_keep_days, 0, 36_500),
            ("--inbox-keep-unacknowledged-days", self.inbox_keep_unacknowledged_days, 1, 36_500),
            ("--webhook-give-up-days", self.webhook_give_up_days, 1, 36_500),
        ] {
            if !(least..=most).contains(&given) {
                return Err(format!("{flag} is a number from {least} to {most}, not {given}"));
            }
        }
        let days = |days: u32| Duration::from_secs(u64::from(days) * 86_400);
        let webhook = match (&self.webhook, secret(WEBHOOK_SECRET)?) {
            (None, _) => None,
            (Some(_), None) => return Err(format!("--webhook needs {WEBHOOK_SECRET} as well")),
            (Some(url), Some(secret)) => {
                let give_up = days(self.webhook_give_up_days);
                Some(WebhookConfig { give_up, ..WebhookConfig::new(receiver(url)?, secret) })
            }
        };
        let inbox = InboxConfig {
            keep: days(self.inbox_keep_days),
            keep_unacknowledged: days(self.inbox_keep_unacknowledged_days),
            webhook,
            ..InboxConfig::default()
        };
        Ok((CallbacksConfig { account, ..CallbacksConfig::default() }, inbox))
    }
}

/// The address of a receiver: with a path and a query, if it has them. Nothing of it is shown, a query may be secret.
fn receiver(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("--webhook is no address: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err("--webhook begins with https:// or http://".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err("--webhook has no credentials and no fragment".to_owned());
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{InboxArgs, PORTAL_SECRET, WEBHOOK_SECRET};
    use crate::callbacks::routes::CallbacksConfig;
    use crate::inbox::InboxConfig;
    use crate::secret::Secret;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        inbox: InboxArgs,
    }

    fn read(flags: &[&str], secrets: &[(&str, &str)]) -> Result<(CallbacksConfig, InboxConfig), String> {
        let program = Program::parse_from([&["program"], flags].concat());
        program
            .inbox
            .read(&|name| Ok(secrets.iter().find(|(known, _)| *known == name).map(|(_, secret)| Secret::new(*secret))))
    }

    #[test]
    fn without_flags_nobody_is_let_in_and_nothing_is_sent() -> Result<(), String> {
        let (callbacks, inbox) = read(&[], &[])?;
        assert!(callbacks.account.is_none() && inbox.webhook.is_none());
        Ok(())
    }

    #[test]
    fn what_belongs_together_is_asked_for_and_no_secret_is_shown() -> Result<(), String> {
        let word = "a-made-up-word-for-this";
        let flags = ["--callbacks-portal-id", "portal", "--webhook", "https://is.example/in?key=1"];
        let both = [(PORTAL_SECRET, word), (WEBHOOK_SECRET, word)];
        let (callbacks, inbox) = read(&flags, &both)?;
        assert!(callbacks.account.as_ref().is_some_and(|account| account.knows("portal", word)));
        assert!(!format!("{callbacks:?} {inbox:?}").contains(word));
        for (flags, secrets, named) in [
            (&flags[..2], &both[1..], PORTAL_SECRET),
            (&[], &both[..1], "--callbacks-portal-id"),
            (&flags[2..], &[], WEBHOOK_SECRET),
            (&["--callbacks-portal-id", "a:b"], &both[..1], "colon"),
            (&["--webhook", "ftp://is.example"], &both[1..], "https://"),
            (&["--webhook", "https://user:word@is.example"], &both[1..], "credentials"),
        ] {
            let refused = read(flags, secrets);
            assert!(refused.is_err_and(|said| said.contains(named) && !said.contains(word)), "{flags:?}");
        }
        Ok(())
    }
}
