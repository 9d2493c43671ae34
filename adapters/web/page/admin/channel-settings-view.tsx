/** What holds in one channel, setting by setting: decided for it, for all channels of its workspace, or by nobody. */

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ChannelView } from '#src/api/contract/operating.ts';
import { usePage } from '../parts/page-context.ts';
import { useRead } from '../parts/use-read.ts';
import { useAdminWords } from './admin-words.ts';
import { channelOrder, choiceOfDecision, freeChoice, type SettingForm, type SettingName, settingForms } from './channel-form.ts';
import { Outcome } from './order-room.tsx';
import { useOrder } from './use-order.ts';

const scopes = ['channel', 'everywhere'] as const;

export function ChannelSettingsView({ channel, onChanged, onBack }: { channel: ChannelView; onChanged(): void; onBack(): void }) {
	const { chat, words: page } = usePage();
	const { channels: words } = useAdminWords();
	const { value: models } = useRead(chat.api.readModels);
	const { result, isBusy, give } = useOrder();
	const [scope, setScope] = useState<(typeof scopes)[number]>('channel');
	const [saved, setSaved] = useState<string | null>(null);
	const heading = useRef<HTMLHeadingElement>(null);
	const name = useId();
	useEffect(() => heading.current?.focus(), []);
	const isForAll = scope === 'everywhere';
	const forms = settingForms.filter((form) => !isForAll || form.isForAll === true);
	const save = async (form: SettingForm, value: string | null) => {
		setSaved(form.name);
		if (await give(channelOrder(form.name, value, isForAll), channel.id)) onChanged();
	};
	return (
		<>
			<p>
				<button type="button" onClick={onBack}>
					{words.back}
				</button>
			</p>
			<h2 ref={heading} tabIndex={-1} class="long-name">
				{words.heading(`${page.places[channel.platform] ?? channel.platform} · ${channel.tenant} · ${channel.channel}`)}
			</h2>
			<fieldset class="one-of">
				<legend>{words.scope}</legend>
				{scopes.map((each) => (
					<label key={each}>
						<input type="radio" name={name} checked={scope === each} onChange={() => setScope(each)} />
						<span>{words.scopes[each]}</span>
					</label>
				))}
			</fieldset>
			{forms.map((form) => (
				<Setting
					key={`${scope} ${form.name}`}
					form={form.name === 'model' ? { ...form, choices: models?.offered ?? [] } : form}
					{...{ channel, isForAll, isBusy }}
					result={saved === form.name ? result : null}
					onSave={(value) => void save(form, value)}
				/>
			))}
		</>
	);
}

interface SettingProps {
	form: SettingForm;
	channel: ChannelView;
	isForAll: boolean;
	isBusy: boolean;
	result: ReturnType<typeof useOrder>['result'];
	onSave(value: string | null): void;
}

function Setting({ form, channel, isForAll, isBusy, result, onSave }: SettingProps) {
	const { channels: words } = useAdminWords();
	const { name, choices, isFree } = form;
	const { own, company, usual } = channel.settings[name];
	const decided = isForAll ? company : own;
	const known = choiceOfDecision(form, decided);
	const [chosen, setChosen] = useState<string | null>(null);
	const [typed, setTyped] = useState(known === freeChoice ? (decided ?? '') : '');
	const id = useId();
	const shown = (value: string) => words.values[name]?.[value] ?? value;
	const beneath = !isForAll && company !== null ? words.asCompany(shown(company)) : words.asUsual(shown(usual));
	const selected = chosen ?? known;
	// What was decided and is offered no more, such as a model.
	const offered = [...new Set([...choices, ...[known].filter((each) => each !== '' && each !== freeChoice)])];
	const submit = (event: Event) => {
		event.preventDefault();
		if (!isBusy) onSave(selected === freeChoice ? typed.replace(/\s+/g, ' ').trim() : selected || null);
	};
	return (
		<form class="setting" onSubmit={submit}>
			<label for={id}>{words.settings[name]}</label>
			<div class="setting-choice">
				<select id={id} value={selected} onChange={(event) => setChosen(event.currentTarget.value)}>
					<option value="">{beneath}</option>
					{offered.map((choice) => (
						<option key={choice} value={choice}>
							{shown(choice)}
						</option>
					))}
					{isFree === true && <option value={freeChoice}>{words.other}</option>}
				</select>
				{selected === freeChoice && <FreeValue name={name} hint={`${id}-hint`} value={typed} onValue={setTyped} />}
				<button type="submit" disabled={isBusy} aria-label={words.saveOf(words.settings[name])}>
					{words.save}
				</button>
			</div>
			{selected === freeChoice && (
				<p class="hint" id={`${id}-hint`}>
					{words.hints[name]}
				</p>
			)}
			<Outcome result={result} />
		</form>
	);
}

function FreeValue({ name, hint, value, onValue }: { name: SettingName; hint: string; value: string; onValue(value: string): void }) {
	const { channels: words } = useAdminWords();
	return (
		<input
			type="text"
			required
			maxLength={80}
			autocomplete="off"
			aria-label={words.settings[name]}
			aria-describedby={hint}
			value={value}
			onInput={(event) => onValue(event.currentTarget.value)}
		/>
	);
}
