/** The page as a whole: signing in, or the conversations of whoever is. */

import { useLayoutEffect, useState } from 'preact/hooks';
import type { Chat } from '../state/chat.ts';
import { type ChatLink, shownRoute } from './address.ts';
import { AdminArea } from './admin-area.tsx';
import { LinkEntry } from './link-entry.tsx';
import { browserLanguage, PageProvider, usePage, useStored, wordsIn } from './page-context.ts';
import { PasswordEntry } from './password-entry.tsx';
import { RemovalLines } from './removal-lines.tsx';
import { RowsEntry } from './rows-entry.tsx';
import { SettingsDialog } from './settings-dialog.tsx';
import { SidePanel } from './side-panel.tsx';
import { SignIn } from './sign-in.tsx';
import { TalkView } from './talk-view.tsx';

/** @param link By which the page was opened. */
export function App({ chat, link }: { chat: Chat; link: ChatLink | null }) {
	const { me } = useStored(chat.session);
	const device = useStored(chat.device.settings);
	const language = me?.language ?? browserLanguage();
	useLayoutEffect(() => {
		document.documentElement.dataset['theme'] = device.theme;
	}, [device.theme]);
	useLayoutEffect(() => {
		document.documentElement.lang = language;
	}, [language]);
	return (
		<PageProvider.Provider value={{ chat, language, words: wordsIn(language) }}>
			<Door link={link} />
		</PageProvider.Provider>
	);
}

function Door({ link }: { link: ChatLink | null }) {
	const { chat, words } = usePage();
	const { state, me, isAway } = useStored(chat.session);
	if (link?.for === 'rows') return <RowsEntry signed={link.secret} />;
	if (link?.for === 'password') return <PasswordEntry secret={link.secret} />;
	if (link !== null) return <LinkEntry secret={link.secret}>{me === null ? null : <Workplace />}</LinkEntry>;
	if (me !== null) return <Workplace />;
	if (state === 'out') return <SignIn />;
	return (
		<main class="door">
			<p role="status">{isAway ? words.line.away : words.signIn.asking}</p>
		</main>
	);
}

function Workplace() {
	const { chat, words } = usePage();
	const { state } = useStored(chat.session);
	const [hasSettings, setHasSettings] = useState(false);
	const route = useStored(shownRoute);
	return (
		<div class="workplace">
			<a class="skip" href="#talk">
				{words.skip}
			</a>
			<SidePanel onSettings={() => setHasSettings(true)} />
			{route.name === 'admin' ? <AdminArea room={route.room} /> : <TalkView />}
			<RemovalLines />
			{hasSettings && <SettingsDialog onClose={() => setHasSettings(false)} />}
			{state === 'out' && <SignIn isAgain />}
		</div>
	);
}
