/** In which language the bot speaks where others read along: the place's, where somebody decided one, else that of whoever asks. */

import { languages } from '../locales/locales.ts';
import type { Place } from '../platform/place.ts';
import type { RuleBook } from '../rules/rule-book.ts';
import type { EventContext } from './private-words.ts';

/** The scene, with the words of the place. @throws BotError as `RuleBook.of`. */
export async function inWordsOf(place: Place, scene: EventContext, rules: Pick<RuleBook, 'of'>): Promise<EventContext> {
	if (place.kind === 'direct') return scene;
	const { language } = await rules.of(place);
	return language === null ? scene : { ...scene, words: languages[language] };
}
