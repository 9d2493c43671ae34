/** Signing in: how to get a link in the chat, or a code that is confirmed there. */

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownCode } from '#src/api/contract/sign-in.ts';
import { ApiProblem } from '../state/api-client.ts';
import { Brand } from './brand.tsx';
import { usePage, useStored } from './page-context.ts';
import { PasswordForm } from './password-form.tsx';
import { useRead } from './use-read.ts';

/** As people call whoever knows the accounts of a platform. */
const providerNames: Readonly<Record<string, string>> = { slack: 'Slack', teams: 'Microsoft', discord: 'Discord' };
/** As often as the API wants to be asked. */
const askEveryMs = 2_000;

/** @param isAgain The session is over while the page is in use: it stays as it is below. */
export function SignIn({ isAgain = false, problem = null, told = '' }: { isAgain?: boolean; problem?: string | null; told?: string }) {
	const { words } = usePage();
	const dialog = useRef<HTMLDialogElement>(null);
	useLayoutEffect(() => dialog.current?.showModal(), []);
	if (!isAgain) {
		return (
			<main class="door">
				<Brand />
				<h1>{words.signIn.title}</h1>
				{told !== '' && <p role="status">{told}</p>}
				<Ways problem={problem} />
			</main>
		);
	}
	return (
		<dialog class="door" ref={dialog} aria-labelledby="sign-in-title" onCancel={(event) => event.preventDefault()}>
			<h1 id="sign-in-title">{words.signIn.title}</h1>
			<p>{words.signIn.over}</p>
			<Ways problem={problem} />
		</dialog>
	);
}

function Ways({ problem }: { problem: string | null }) {
	const { chat, words, language } = usePage();
	const trouble = useStored(chat.trouble);
	const { value: ways } = useRead(chat.api.listWays);
	const [code, setCode] = useState<ShownCode | null>(null);
	const [codeProblem, setCodeProblem] = useState<string | null>(null);
	const told = codeProblem ?? problem ?? trouble?.text ?? '';

	const failed = (thrown: unknown) => {
		setCode(null);
		setCodeProblem((thrown instanceof ApiProblem && thrown.message) || words.line.trouble);
	};
	const show = () => {
		setCodeProblem(null);
		chat.api.showCode().then(setCode, failed);
	};
	useEffect(() => {
		if (code === null) return;
		const timer = setInterval(() => {
			chat.api.useCode().then(
				({ state }) => void (state === 'signed-in' && chat.enter()),
				// Away: asked again with the next tick.
				(thrown) => !(thrown instanceof ApiProblem && thrown.kind === 'away') && failed(thrown),
			);
		}, askEveryMs);
		return () => clearInterval(timer);
	}, [code]);

	const minutes = code === null ? 0 : Math.max(1, Math.round((Date.parse(code.expiresAt) - Date.now()) / 60_000));
	return (
		<>
			{told !== '' && <p role="alert">{told}</p>}
			{ways?.hasPasswords === true && <PasswordForm />}
			{ways?.providers.map(({ platform, title, address }) => (
				<p key={platform}>
					<a href={address}>{words.signIn.with(title ?? providerNames[platform] ?? platform)}</a>
				</p>
			))}
			<p>{words.signIn.byLink}</p>
			<p>{words.signIn.byCode}</p>
			{code === null ? (
				<button type="button" class="primary" onClick={show}>
					{words.signIn.showCode}
				</button>
			) : (
				<div role="status" lang={language}>
					<p class="code-shown">{words.signIn.sayCode(code.code)}</p>
					<p class="hint">{words.signIn.codeFor(minutes)}</p>
				</div>
			)}
		</>
	);
}
