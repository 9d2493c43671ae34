/** Settings: the language, how the page looks here, what the person may use, their accounts, who read what they said, and where they are signed in. */

import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { themes } from '../state/device-settings.ts';
import { AccountLines } from './account-lines.tsx';
import { IconButton } from './icon-button.tsx';
import { usePage, useStored } from './page-context.ts';
import { PasswordLines } from './password-lines.tsx';
import { QuotaLines } from './quota-lines.tsx';
import { ReadLines } from './read-lines.tsx';
import { SessionLines } from './session-lines.tsx';
import { TokenLines } from './token-lines.tsx';
import { useRead } from './use-read.ts';

export function SettingsDialog({ onClose }: { onClose(): void }) {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const { value: own, again } = useRead(chat.api.readOwnPassword);
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	return (
		<dialog class="settings" ref={dialog} aria-labelledby="settings-title" onClose={onClose}>
			<header>
				<h2 id="settings-title">{words.settings.title}</h2>
				<IconButton icon="close" label={words.settings.close} onPress={() => dialog.current?.close()} />
			</header>
			<Part title={words.settings.language}>
				<Languages />
			</Part>
			<Part title={words.settings.looks}>
				<Themes />
			</Part>
			<Part title={words.settings.usage}>
				<QuotaLines />
			</Part>
			<Part title={words.settings.accounts}>
				<AccountLines />
			</Part>
			{own?.isOwn === true && (
				<Part title={words.passwords.own}>
					<PasswordLines own={own} again={again} />
				</Part>
			)}
			<Part title={words.settings.reads}>
				<ReadLines />
			</Part>
			<Part title={words.settings.sessions}>
				<SessionLines />
			</Part>
			<Part title={words.tokens.title}>
				<TokenLines />
			</Part>
			<p class="hint">{words.settings.version(me?.version ?? '')}</p>
		</dialog>
	);
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
	const id = useId();
	return (
		<section aria-labelledby={id}>
			<h3 id={id}>{title}</h3>
			{children}
		</section>
	);
}

function Themes() {
	const { chat, words } = usePage();
	const { theme } = useStored(chat.device.settings);
	const choose = (chosen: typeof theme) => chat.device.choose({ theme: chosen });
	return <Choices title={words.settings.theme} choices={themes} chosen={theme} labels={words.settings.themes} choose={choose} />;
}

const languages = ['chat', 'en', 'es'] as const;

/** Of the person, wherever they are. */
function Languages() {
	const { chat, words } = usePage();
	const { me } = useStored(chat.session);
	const choose = (chosen: (typeof languages)[number]) =>
		void chat.attempt(async () => chat.know(await chat.api.chooseLanguage(chosen === 'chat' ? null : chosen)));
	return (
		<>
			<Choices
				title={words.settings.languageTitle}
				choices={languages}
				chosen={me?.chosenLanguage ?? 'chat'}
				labels={words.settings.languages}
				choose={choose}
			/>
			<p class="hint">{words.settings.languageHint}</p>
		</>
	);
}

interface ChoicesProps<Choice extends string> {
	title: string;
	choices: readonly Choice[];
	chosen: Choice;
	labels: Readonly<Record<Choice, string>>;
	choose(choice: Choice): void;
}

/** One of a few, all in sight. */
function Choices<Choice extends string>({ title, choices, chosen, labels, choose }: ChoicesProps<Choice>) {
	const name = useId();
	return (
		<fieldset class="one-of">
			<legend>{title}</legend>
			{choices.map((choice) => (
				<label key={choice}>
					<input type="radio" name={name} checked={chosen === choice} onChange={() => choose(choice)} />
					<span>{labels[choice]}</span>
				</label>
			))}
		</fieldset>
	);
}
