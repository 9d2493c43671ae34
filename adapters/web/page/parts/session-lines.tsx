/** Where the person is signed in, and how to sign out there. */

import type { SessionRow } from '#src/api/contract/people.ts';
import { browserName } from '../state/browser-name.ts';
import { usePage } from './page-context.ts';
import { useRead } from './use-read.ts';

export function SessionLines() {
	const { chat, words } = usePage();
	const { value: sessions, problem, again } = useRead(chat.api.listSessions);
	const end = async ({ id }: SessionRow) => {
		if (await chat.attempt(() => chat.api.endSession(id))) again();
	};
	return (
		<>
			{problem !== null && <p role="status">{problem}</p>}
			{sessions === null && problem === null && <p class="hint">{words.talk.loading}</p>}
			<ul class="rows">
				{sessions?.map((session) => (
					<SessionLine key={session.id} session={session} onEnd={() => void end(session)} />
				))}
			</ul>
			<button type="button" class="dangerous" onClick={() => void chat.signOut(true)}>
				{words.settings.signOutEverywhere}
			</button>
		</>
	);
}

function SessionLine({ session, onEnd }: { session: SessionRow; onEnd(): void }) {
	const { words, language } = usePage();
	const { account, agent, address, isThis, lastSeenAt } = session;
	const name = browserName(agent) ?? words.settings.unknownBrowser;
	const seen = new Date(lastSeenAt).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
	return (
		<li>
			<strong title={agent}>{name}</strong> <span>{isThis ? words.settings.thisBrowser : words.settings.seen(seen)}</span>
			<span class="hint">{`${words.places[account.platform] ?? account.platform} · ${address}`}</span>
			{!isThis && (
				<button type="button" aria-label={words.settings.endOf(name)} onClick={onEnd}>
					{words.settings.end}
				</button>
			)}
		</li>
	);
}
