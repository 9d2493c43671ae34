/** The secrets among the settings, so that the report can be searched for them before anybody reads it. Pure. */

const whole = [
	'SLACK_BOT_TOKEN',
	'SLACK_SIGNING_SECRET',
	'SLACK_APP_TOKEN',
	'TEAMS_APP_PASSWORD',
	'DISCORD_BOT_TOKEN',
	'KNOWLEDGE_S3_SECRET',
];
const addresses = ['DATABASE_URL', 'REDIS_URL', 'OLLAMA_HOST'];
/** Anything shorter is part of ordinary words: hiding it would tell more than it hides. */
const leastLength = 6;

/** Longest first, so that none is cut in pieces by another one. */
export function secretsIn(environment: Readonly<Record<string, string | undefined>>): string[] {
	const found = [
		...whole.map((name) => environment[name]?.trim() ?? ''),
		...addresses.flatMap((name) => passwordsIn(environment[name] ?? '')),
	];
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
