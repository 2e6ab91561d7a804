//! Register marks against marks for the work, pupil by pupil: a small table shaded by its counts.

use leptos::prelude::*;

use crate::language::{say, use_language};
use crate::text::results::cell_chart as words;

/// A field of the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Pupils.
    pub count: u32,
    /// Part of the fullest field, 0–1.
    pub weight: f64,
    /// `equal`, `above` or `below` the register.
    pub class: &'static str,
}

/// Fields by mark for the work from 5 down to 2, each by register mark from 2 to 5.
pub fn fields(counts: &[[u32; 4]; 4]) -> [[Field; 4]; 4] {
    let fullest = counts.iter().flatten().copied().max().unwrap_or(0).max(1);
    std::array::from_fn(|row| {
        let work = 3 - row;
        std::array::from_fn(|register| Field {
            count: counts[work][register],
            weight: f64::from(counts[work][register]) / f64::from(fullest),
            class: match work.cmp(&register) {
                std::cmp::Ordering::Equal => "equal",
                std::cmp::Ordering::Greater => "above",
                std::cmp::Ordering::Less => "below",
            },
        })
    })
}

/// The matrix of one school.
#[component]
pub fn RegisterMatrix(
    /// Pupils by mark for the work (rows 2–5) and register mark (columns 2–5).
    counts: [[u32; 4]; 4],
) -> impl IntoView {
    let language = use_language();
    let rows: Vec<_> = fields(&counts)
        .into_iter()
        .enumerate()
        .map(|(row, fields)| {
            let cells: Vec<_> = fields
                .into_iter()
                .map(|field| {
                    let shade = (5.0 * field.weight).ceil();
                    let class = format!("num register-field {} shade-{shade:.0}", field.class);
                    let shown = (field.count > 0).then(|| field.count.to_string());
                    view! {
                        <td class=class>
                            {shown}
                        </td>
                    }
                })
                .collect();
            view! {
                <tr>
                    <th scope="row" class="num">
                        {5 - row}
                    </th>
                    {cells}
                </tr>
            }
        })
        .collect();
    view! {
        <figure class="chart">
            <figcaption class="chart-head">
                <h3>{say(words::matrix_title)}</h3>
            </figcaption>
            <table class="register-matrix" aria-label=move || words::matrix_title(language.get())>
                <thead>
                    <tr>
                        <th scope="col" class="small muted">
                            {say(words::matrix_down)}
                        </th>
                        <th scope="colgroup" colspan="4" class="small muted">
                            {say(words::matrix_across)}
                        </th>
                    </tr>
                    <tr>
                        <td></td>
                        {[2, 3, 4, 5]
                            .into_iter()
                            .map(|mark| {
                                view! {
                                    <th scope="col" class="num">
                                        {mark}
                                    </th>
                                }
                            })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="chart-note">{say(words::matrix_note)}</p>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_work_stands_on_top_and_the_diagonal_is_equal() {
        let mut counts = [[0; 4]; 4];
        counts[3][1] = 6;
        counts[0][0] = 3;
        let fields = fields(&counts);
        assert_eq!((fields[0][1].count, fields[0][1].class), (6, "above"));
        assert_eq!((fields[3][0].count, fields[3][0].class), (3, "equal"));
        assert_eq!((fields[0][1].weight, fields[3][0].weight), (1.0, 0.5));
        assert_eq!(fields[3][3].class, "below");
    }

    #[test]
    fn an_empty_matrix_has_no_weight() {
        assert!(
            fields(&[[0; 4]; 4])
                .iter()
                .flatten()
                .all(|field| field.weight == 0.0)
        );
    }
}
