//! Passwords: hashed slowly, checked in constant work, never more at once than the machine can bear.

use std::sync::Arc;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

/// Longest password that is hashed; longer ones are refused before any work.
pub const MAX_PASSWORD_CHARACTERS: usize = 256;

/// Shortest password that somebody may choose.
///
/// # Source
/// NIST SP 800-63B: at least eight characters, length before composition; two more, as no rule of composition is set.
pub const MIN_PASSWORD_CHARACTERS: usize = 10;

/// Hashes at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Hashes and checks passwords on the blocking pool.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Checked when the login is unknown, so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// Prepares the checker; hashes once.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn new() -> anyhow::Result<Self> {
        Ok(Passwords {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: hash("nobody has this password")?.into(),
        })
    }

    /// Does the password fit the stored hash? An absent hash costs the same work and never fits.
    ///
    /// # Errors
    /// Only when the server is shutting down.
    pub async fn check(&self, password: String, stored: Option<String>) -> anyhow::Result<bool> {
        let _turn = self.turns.acquire().await?;
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.nobody.to_string());
        let fits = tokio::task::spawn_blocking(move || fits(&password, &stored)).await?;
        Ok(fits && known)
    }

    /// Hashes a password for storing.
    ///
    /// # Errors
    /// When the server is shutting down or there is no randomness.
    pub async fn hash(&self, password: String) -> anyhow::Result<String> {
        let _turn = self.turns.acquire().await?;
        tokio::task::spawn_blocking(move || hash(&password)).await?
    }
}

/// # Source
/// OWASP Password Storage Cheat Sheet: Argon2id with m = 19 MiB, t = 2, p = 1.
fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params =
        Params::new(19 * 1024, 2, 1, None).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> anyhow::Result<String> {
    let hash = argon2()?
        .hash_password(password.as_bytes())
        .map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

/// The parameters come from the stored hash, so older ones stay valid.
fn fits(password: &str, stored: &str) -> bool {
    let (Ok(argon2), Ok(stored)) = (argon2(), PasswordHash::new(stored)) else {
        return false;
    };
    argon2.verify_password(password.as_bytes(), &stored).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits_and_an_absent_hash_never_does() {
        let passwords = Passwords::new().expect("randomness");
        let stored = passwords.hash("верно".into()).await.expect("hash");
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        let check = async |password: &str, stored: Option<String>| {
            passwords
                .check(password.into(), stored)
                .await
                .expect("check")
        };
        assert!(check("верно", Some(stored.clone())).await);
        assert!(!check("неверно", Some(stored)).await);
        assert!(!check("nobody has this password", None).await);
    }
}
