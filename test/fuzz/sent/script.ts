/** Makes scripts: how a text arrives, where it is looked at and where it is cut. */

import { sourceOf } from '#test/fakes/sources.ts';
import { goodName, target } from '../grammar/pieces.ts';
import { makeHostileText } from '../grammar.ts';
import type { Random } from '../random.ts';
import type { Script } from './play.ts';

/** The smallest limit that the core takes; small ones make many cuts of short texts. */
const leastLimit = 200;

/** How one text is sent: mostly in a few deltas, at times character by character. */
export function makeScript(text: string, random: Random): Script {
	const isLong = text.length > leastLimit;
	const steps = random.chance(0.03) && text.length < 150 ? everyCharacter(text, random) : someSteps(text, random);
	return {
		text,
		steps,
		road: random.chance(0.6) ? 'stream' : 'edit',
		limit: isLong && random.chance(0.7) ? leastLimit + random.below(300) : null,
		ending: random.chance(0.6) ? 'thumbs' : 'retry',
		sources: random.chance(0.03) ? [makeSource(random)] : [],
	};
}

/** A text of which it is compared how it arrives: in deltas, but in one message, whose end has the text as text. */
export function makeWholeScript(text: string, random: Random): Script {
	const steps = someSteps(text, random).filter(({ action }) => action !== 'cut');
	return { text, steps, road: random.chance(0.6) ? 'stream' : 'edit', limit: null, ending: 'thumbs', sources: [] };
}

function someSteps(text: string, random: Random): Script['steps'] {
	const count = random.pick([0, 1, 1, 2, 2, 3, 5]);
	const places = Array.from({ length: count }, () => random.below(text.length + 1)).sort((one, other) => one - other);
	return places.map((upTo) => ({ upTo, action: random.pick(['look', 'look', 'look', 'nothing', 'cut'] as const) }));
}

function everyCharacter(text: string, random: Random): Script['steps'] {
	const cutAt = random.below(text.length * 2 + 1);
	return Array.from({ length: text.length }, (_unused, index) => ({ upTo: index + 1, action: index === cutAt ? 'cut' : 'look' }));
}

function makeSource(random: Random): Script['sources'][number] {
	const title = random.chance(0.5) ? goodName(random) : makeHostileText(random).slice(0, 100);
	const url = random.chance(0.3) ? null : target(random);
	const place = random.chance(0.5) ? null : makeHostileText(random).slice(0, 60);
	return sourceOf({ title, place, url, excerpt: makeHostileText(random).slice(0, 200), canShow: random.chance(0.7) });
}
