/** A room in which one looks at what an order of the chat shows, and gives others by forms. */

import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAdminWords } from './admin-words.ts';
import type { OrderField, OrderForm, OrderRoom } from './order-forms.ts';
import { OrderResult } from './order-result.tsx';
import { useOrder } from './use-order.ts';

export function OrderRoomView({ room: { looks, everyMs, forms } }: { room: OrderRoom }) {
	const words = useAdminWords();
	const [times, setTimes] = useState(0);
	const lookAgain = () => setTimes((count) => count + 1);
	useEffect(() => {
		if (everyMs === undefined) return;
		const timer = setInterval(() => !document.hidden && lookAgain(), everyMs);
		return () => clearInterval(timer);
	}, [everyMs]);
	return (
		<>
			{looks.map((order) => (
				<Look key={order} order={order} times={times} />
			))}
			<p>
				<button type="button" onClick={lookAgain}>
					{words.again}
				</button>
			</p>
			{forms.map((form) => (
				<OrderFormView key={form.name} form={form} onDone={lookAgain} />
			))}
		</>
	);
}

function Look({ order, times }: { order: string; times: number }) {
	const words = useAdminWords();
	const { result, give } = useOrder();
	useEffect(() => void give(order), [order, times]);
	return result === null ? <p class="hint">{words.loading}</p> : <OrderResult result={result} />;
}

function OrderFormView({ form, onDone }: { form: OrderForm; onDone(): void }) {
	const words = useAdminWords();
	const { result, isBusy, give } = useOrder();
	const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
	const title = useId();
	const isAlone = form.fields.length === 0;
	const givenFor = ({ name, choices }: OrderField) => given[name] ?? choices?.[0] ?? '';
	const send = async (event: Event) => {
		event.preventDefault();
		if (isBusy) return;
		const values = Object.fromEntries(form.fields.map((field) => [field.name, givenFor(field).replace(/\s+/g, ' ').trim()]));
		if (await give(form.write(values))) onDone();
	};
	return (
		<form class="order-form" aria-labelledby={title} onSubmit={(event) => void send(event)}>
			<h2 id={title} class={isAlone ? 'unseen' : ''}>
				{words.orders[form.name]}
			</h2>
			<div class="order-fields">
				{form.fields.map((field) => (
					<Field key={field.name} field={field} value={givenFor(field)} onValue={(value) => setGiven({ ...given, [field.name]: value })} />
				))}
				<button type="submit" class={isAlone ? '' : 'primary'} disabled={isBusy}>
					{isAlone ? words.orders[form.name] : words.orders.send}
				</button>
			</div>
			<Outcome result={result} />
		</form>
	);
}

function Field({
	field: { name, choices, mayBeLeftOut },
	value,
	onValue,
}: {
	field: OrderField;
	value: string;
	onValue(value: string): void;
}) {
	const words = useAdminWords();
	const id = useId();
	return (
		<p>
			<label for={id}>{words.fields[name]}</label>
			{choices === undefined ? (
				<input
					id={id}
					type="text"
					autocomplete="off"
					required={mayBeLeftOut !== true}
					maxLength={500}
					value={value}
					onInput={(event) => onValue(event.currentTarget.value)}
				/>
			) : (
				<select id={id} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
					{choices.map((choice) => (
						<option key={choice}>{choice}</option>
					))}
				</select>
			)}
		</p>
	);
}

/** Said to screen readers too, and brought into sight. */
export function Outcome({ result }: { result: ReturnType<typeof useOrder>['result'] }) {
	const frame = useRef<HTMLDivElement>(null);
	useEffect(() => {
		if (result !== null) frame.current?.scrollIntoView({ block: 'nearest' });
	}, [result]);
	return (
		<div ref={frame} class="outcome" role="status">
			{result !== null && <OrderResult result={result} />}
		</div>
	);
}
