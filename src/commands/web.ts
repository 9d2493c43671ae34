/** `web`: gives a link that opens the web as whoever asks, or confirms the code that their browser shows. */

import { z } from 'zod';
import { isTypedCode } from '../identity/typed-code.ts';
import type { Words } from '../locales/locales.ts';
import { linkMinutes } from '../sessions/sign-in.ts';
import type { CodeRefusal } from '../sessions/web-door.ts';
import { choiceOf } from './choices.ts';
import { defineCommand } from './definition.ts';
import { splitArguments } from './typed-arguments.ts';

const code = { schema: z.string().refine(isTypedCode).optional() };
const sure = choiceOf({ yes: { en: 'yes', es: 'sí', otherWords: ['si'] } });

export const webCommand = defineCommand({
	names: { en: 'web', es: 'navegador' },
	audience: 'everyone',
	answer: 'private',
	arguments: { code, sure },
	examples: ['web', 'web K7QF-2M9X', 'web K7QF-2M9X yes', 'navegador', 'navegador K7QF-2M9X', 'navegador K7QF-2M9X sí'],
	isArgument: (typed) => isTypedCode(splitArguments({ code, sure }, typed)['code'] ?? ''),
	explain: (_argument, { words }) => words.web.notACode,
	async run({ person, words: { web }, place, services: { web: door } }, { code: shown, sure: isSure }) {
		if (door === null) return [web.off];
		if (shown === undefined) {
			// Private words are shown openly where a platform cannot show them privately, and whoever presses the link is signed in.
			return [place.kind === 'direct' ? web.link(await door.link(person), linkMinutes) : web.privateOnly];
		}
		if (isSure === undefined) {
			// Nobody confirms what they have not been told of.
			const browser = await door.browserOf(person, shown);
			return ['refusal' in browser ? refused(browser, web) : web.confirm(browser.agent, browser.address, shown)];
		}
		const result = await door.confirm(person, shown);
		return [result === 'confirmed' ? web.confirmed : refused(result, web)];
	},
});

function refused(refusal: CodeRefusal, { refused: said }: Words['web']): string {
	return refusal.refusal === 'locked' ? said.locked(refusal.waitMinutes) : said.unknown;
}
