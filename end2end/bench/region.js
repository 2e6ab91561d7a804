// An invented region for measurements: 1,000 schools × 40 works, the same on every run.

/** A small generator with a fixed seed. */
function random(seed) {
  let state = seed;
  return () => (state = (state * 16807) % 2147483647) / 2147483647;
}

const SUBJECTS = [
  ["russian", "Русский язык", "Рус"],
  ["math", "Математика", "Мат"],
  ["biology", "Биология", "Био"],
  ["history", "История", "Ист"],
  ["geography", "География", "Гео"],
  ["physics", "Физика", "Физ"],
  ["english", "Английский язык", "Англ"],
  ["chemistry", "Химия", "Хим"],
];
const CLUSTERS = ["rural_small", "rural", "urban", "advanced"];
const REASONS = ["bunching", "level", "item_profile", "similarity"];

/** Id of a school by number, in the form of a UUID of version 7. */
export function schoolId(number) {
  return `0193aa00-0000-7000-8000-${String(number).padStart(12, "0")}`;
}

/** The answer of `/api/v1/heat-map` for a region. */
export function region(schools = 1000, works = 40) {
  const next = random(11);
  const columns = Array.from({ length: works }, (_, at) => {
    const [subject, ru, short] = SUBJECTS[Math.floor(at / 5) % SUBJECTS.length];
    return {
      subject,
      subject_name: { ru, en: ru },
      subject_short: { ru: short, en: short },
      grade: 4 + (at % 5),
    };
  });
  const rows = Array.from({ length: schools }, (_, at) => ({
    organisation: schoolId(at),
    name: `Школа № ${at + 1}`,
    cluster: CLUSTERS[Math.floor((at * 4) / schools)],
    cells: columns.map(() => {
      const chance = next();
      const n = 1 + Math.floor(next() * 90);
      if (chance < 0.05) return { state: "no_data", n: 0 };
      if (n < 5) return { state: "insufficient", n };
      if (chance > 0.985) return { state: "signs", n, first_reason: REASONS[Math.floor(next() * 4)] };
      if (chance > 0.94) return { state: "attention", n, first_reason: REASONS[Math.floor(next() * 4)] };
      return { state: "calm", n };
    }),
  }));
  return {
    run: schoolId(999999),
    updated_ms: 1772000000000,
    year: 2026,
    procedure: "vpr",
    years: [2026],
    procedures: ["vpr"],
    works: rows.flatMap((row) => row.cells).reduce((sum, cell) => sum + cell.n, 0),
    columns,
    rows,
    live_sequence: 0,
  };
}
