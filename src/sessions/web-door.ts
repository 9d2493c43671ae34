/** What the chat gives of the web: a link to come in by, and the word that a browser's code is one's own. */

import type { Person } from '../identity/person.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import type { SignIn } from './sign-in.ts';
import type { Browser } from './web-sessions.ts';

/** `unknown`: no browser shows this code, or not any more. `locked`: too many wrong ones. */
export type CodeRefusal = { refusal: 'unknown' } | { refusal: 'locked'; waitMinutes: number };

/** All @throws BotError as `SignIn`. */
export interface WebDoor {
	/** An address to press, of use once. */
	link(person: Person): Promise<string>;
	/** Which browser shows the code. Wrong ones are counted. */
	browserOf(person: Person, code: string): Promise<Browser | CodeRefusal>;
	/** Signs that browser in as this person. */
	confirm(person: Person, code: string): Promise<'confirmed' | CodeRefusal>;
}

/** The page there reads the secret from behind the `#`, which reaches no proxy, log or preview. */
export const enterPath = '/enter';

export interface WebDoorDependencies {
	signIn: Pick<SignIn, 'issueLink' | 'browserOf' | 'confirmCode'>;
	requests: RequestLimits;
	publicUrl: string;
}

export function createWebDoor({ signIn, requests, publicUrl }: WebDoorDependencies): WebDoor {
	/** Nothing is looked up once there were too many, be it right or wrong. */
	async function tried<Found>(person: Person, look: () => Promise<Found | null>): Promise<Found | CodeRefusal> {
		const waitMs = await requests.isFull('try', person.userId);
		if (waitMs !== null) return { refusal: 'locked', waitMinutes: Math.ceil(waitMs / 60_000) };
		const found = await look();
		if (found !== null) return found;
		await requests.admit('try', person.userId);
		return { refusal: 'unknown' };
	}

	return {
		link: async (person) => `${publicUrl}${enterPath}#${await signIn.issueLink(person)}`,
		browserOf: (person, code) => tried(person, () => signIn.browserOf(code)),
		confirm: (person, code) => tried(person, async () => ((await signIn.confirmCode(person, code)) ? 'confirmed' : null)),
	};
}
