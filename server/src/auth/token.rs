//! Secrets that stand for a session, an invitation or a tablet.

use api::id::MunicipalityId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};
use uuid::Uuid;

const SECRET_BYTES: usize = 32;
const MUNICIPALITY_BYTES: usize = 16;

/// A secret of 256 random bits, with the municipality in front so that the row it opens is found by
/// its whole key. Only its SHA-256 is stored: whoever reads the database cannot use it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    bytes: [u8; MUNICIPALITY_BYTES + SECRET_BYTES],
}

impl Token {
    /// Makes a new secret.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn generate(municipality: MunicipalityId) -> Result<Self, std::io::Error> {
        let mut bytes = [0; MUNICIPALITY_BYTES + SECRET_BYTES];
        let (owner, secret) = bytes.split_at_mut(MUNICIPALITY_BYTES);
        owner.copy_from_slice(municipality.0.as_bytes());
        SysRng
            .try_fill_bytes(secret)
            .map_err(std::io::Error::other)?;
        Ok(Token { bytes })
    }

    /// Reads what [`Token::to_text`] wrote; anything else is no token.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        Some(Token { bytes })
    }

    /// As it travels in cookies and links: 64 characters safe in both.
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes)
    }

    /// Whose it is.
    pub fn municipality(&self) -> MunicipalityId {
        let mut owner = [0; MUNICIPALITY_BYTES];
        owner.copy_from_slice(&self.bytes[..MUNICIPALITY_BYTES]);
        MunicipalityId(Uuid::from_bytes(owner))
    }

    /// What is stored of it.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.bytes).to_vec()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_gives_the_token_back_and_nothing_else_does() {
        let owner = MunicipalityId(Uuid::from_u128(7));
        let token = Token::generate(owner).expect("randomness");
        let text = token.to_text();
        assert_eq!(text.len(), 64);
        assert_eq!(Token::parse(&text), Some(token.clone()));
        assert_eq!(token.municipality(), owner);
        for wrong in ["", "abc", &text[1..], &format!("{text}A"), "*", "ключ"] {
            assert_eq!(Token::parse(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{token:?}"), "Token(…)");
    }
}
