/** The secrets among the settings, so that the report can be searched for them before anybody reads it. Pure. */

import { secretVariables } from '#src/settings/settings.ts';

const addresses = ['DATABASE_URL', 'REDIS_URL', 'OLLAMA_HOST'];
const whole = secretVariables.filter((name) => !addresses.includes(name));
/** Anything shorter is part of ordinary words: hiding it would tell more than it hides. */
const leastLength = 6;

/** @param given The variables as they are written. @returns longest first, so that none is cut in pieces by another one. */
export function secretsIn(given: Readonly<Record<string, string | undefined>>): string[] {
	const found = [...whole.map((name) => given[name]?.trim() ?? ''), ...addresses.flatMap((name) => passwordsIn(given[name] ?? ''))];
	return [...new Set(found)].filter(({ length }) => length >= leastLength).toSorted((one, other) => other.length - one.length);
}

/** As they are written and as they are meant. */
function passwordsIn(value: string): string[] {
	return value.split(',').flatMap((address) => {
		const written = /:\/\/[^:/@\s]*:([^/]*)@/.exec(address)?.[1] ?? '';
		return [written, decoded(written), ...(URL.parse(address)?.searchParams.getAll('password') ?? [])];
	});
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
