// The window in words: the rule stands in comment_service/web/window_words.py, and
// tests/data/window_words.json holds both to it.

import { onTheClock, say, ZONE } from "./randnotiz.js";

const MINUTE = 60_000; // milliseconds

/** The number of the calendar day in the city, counted from some day long ago. */
function dayNumber(moment) {
  const [year, month, day] = new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(moment).split("-");
  return Date.UTC(year, month - 1, day) / (24 * 60 * MINUTE);
}

/** Say what a window says of itself at `now`, as part of a sentence. */
export function windowWords({ opens, closes, state, now }, messages, lang) {
  const tell = (key, values) => say(messages[key], values, lang);
  const atMidnight = (moment) => onTheClock(moment, lang).clock === "00:00";
  const day = (moment) => {
    if (dayNumber(moment) === dayNumber(now)) return tell("today");
    const shown = onTheClock(moment, lang);
    return tell(shown.year === onTheClock(now, lang).year ? "day" : "day_and_year", shown);
  };
  const clock = (moment) => tell("clock", onTheClock(moment, lang));
  if (state === "not-yet") {
    const start = new Date(opens);
    return tell("from", { start: atMidnight(start) ? day(start) : `${day(start)}, ${clock(start)}` });
  }
  if (!closes) return tell("until_further_notice");
  const close = new Date(closes);
  const lastDay = atMidnight(close) ? new Date(close - MINUTE) : close; // midnight ends the day before
  const end = `${day(lastDay)}, ${atMidnight(close) ? tell("midnight") : clock(close)}`;
  if (state === "closed") return tell("since", { end });
  if (close <= now) return tell("until_only", { end }); // this device's clock is wrong: count nothing
  const days = dayNumber(lastDay) - dayNumber(now);
  const hours = Math.floor((close - now) / (60 * MINUTE));
  const minutes = Math.max(1, Math.floor((close - now) / MINUTE));
  const left = days ? tell("days_left", { n: days }) : hours ? tell("hours_left", { n: hours }) : tell("minutes_left", { n: minutes });
  return tell("until", { left, end });
}
