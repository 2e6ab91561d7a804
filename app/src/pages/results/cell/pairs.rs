//! Works of one class that resemble each other, by the school's own codes.

use api::results::cell::SimilarPair;
use leptos::prelude::*;

use crate::components::TableFrame;
use crate::language::{label, say, use_language};
use crate::text::results::cell_chart as words;
use crate::text::{Language, number};

/// Chance as people read it: three digits, or below the least of them.
fn chance(language: Language, p: f64) -> String {
    if p < 0.001 {
        format!("< {}", number::decimal(language, 0.001, 3))
    } else {
        number::decimal(language, p, 3)
    }
}

/// The most similar pairs.
#[component]
pub fn Pairs(pairs: Vec<SimilarPair>) -> impl IntoView {
    let language = use_language();
    let label = label(words::pairs_title);
    let rows: Vec<_> = pairs
        .into_iter()
        .map(|pair| {
            let (expected, p) = (pair.expected, pair.p_value);
            view! {
                <tr>
                    <td>{pair.class}</td>
                    <th scope="row" class="num nowrap">
                        {pair.first} " · " {pair.second}
                    </th>
                    <td class="end num">{pair.same}</td>
                    <td class="end num">{pair.same_wrong}</td>
                    <td class="end num">{pair.items}</td>
                    <td class="end num">
                        {move || number::decimal(language.get(), expected, 1)}
                    </td>
                    <td class="end num nowrap">{move || chance(language.get(), p)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <section class="stack tight">
            <h3>{say(words::pairs_title)}</h3>
            <p class="chart-note">{say(words::pairs_note)}</p>
            <TableFrame label=label>
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{say(words::pairs_class)}</th>
                            <th scope="col">{say(words::pairs_pupils)}</th>
                            <th scope="col" class="end">
                                {say(words::pairs_same)}
                            </th>
                            <th scope="col" class="end">
                                {say(words::pairs_wrong)}
                            </th>
                            <th scope="col" class="end">
                                {say(words::pairs_items)}
                            </th>
                            <th scope="col" class="end">
                                {say(words::pairs_expected)}
                            </th>
                            <th scope="col" class="end">
                                {say(words::pairs_chance)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </TableFrame>
            <p class="chart-note">{say(words::pairs_chance_note)}</p>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tiny_chance_is_never_shown_as_zero() {
        assert_eq!(chance(Language::En, 1e-9), "< 0.001");
        assert_eq!(chance(Language::En, 0.02), "0.020");
    }
}
