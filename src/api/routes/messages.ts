/** What was said, asking, and what is done with an answer. Questions and retries go through the inbox, as those of chats do. */

import { isOver } from '../../history/stored.ts';
import { findAnswer, placeToAsk, readingFor } from '../asking.ts';
import { ask, listMessages, mostMessagesOnPage, rateAnswer, retryAnswer, showSource, stopAnswer } from '../contract/messages.ts';
import { isTypedCommand } from '../contract/typed-command.ts';
import { findReadable, placeIn, takesQuestions } from '../own-view.ts';
import { ApiRefusal, notFound } from '../refusal.ts';
import { toMessage } from '../said-view.ts';
import { type ServedRoute, serve } from '../serve.ts';
import { commandEvent, fileEvents, questionEvent, retryEvent } from '../web-events.ts';

const askElsewhere = () => new ApiRefusal('CONFLICT', { sentence: ({ web }) => web.askElsewhere });

export const messageRoutes: readonly ServedRoute[] = [
	serve(listMessages, async ({ variables: { id }, query: { before }, ...asking }) => {
		const { caller, services } = asking;
		const conversation = await findReadable(asking, id);
		const page = await services.said.newest(caller.person, id, before === undefined ? null : Number(before), mostMessagesOnPage + 1);
		const shown = page.slice(0, mostMessagesOnPage);
		const nextBefore = page.length > shown.length ? (shown.at(-1)?.sequence ?? null) : null;
		const links = await services.permalinks.ofMessages(conversation, shown, asking.signal);
		return { messages: shown.map((said) => toMessage(said, caller.person.userId, links)), nextBefore };
	}),

	serve(showSource, async ({ variables: { id, position }, ...asking }) => {
		const { services, signal } = asking;
		const { conversation } = await findAnswer(asking, id);
		const passage = await services.passages.read(await readingFor(asking, conversation), id, Number(position), signal);
		if (passage === null) throw new ApiRefusal('NOT_FOUND', { sentence: ({ sources }) => sources.gone });
		const { title, place, date, url, text, isOld = false } = passage;
		return { title, place, date, url, text, isOld };
	}),

	serve(ask, async ({ body, ...asking }) => {
		const { caller, services } = asking;
		const place = await placeToAsk(asking, body);
		if (!takesQuestions(place)) throw askElsewhere();
		const files = await services.uploads.find(caller.person, body.files ?? []);
		if (files === null) throw new ApiRefusal('NOT_FOUND', { field: 'files', sentence: ({ web }) => web.uploadGone });
		const requested = { caller, place, clientId: body.clientId, now: new Date() };
		const isCommand = files.length === 0 && isTypedCommand(body.text);
		const { event, ids } = isCommand
			? commandEvent({ ...requested, text: body.text })
			: questionEvent({ ...requested, text: body.text, files, withoutKnowledge: body.withoutKnowledge });
		await services.accept(event);
		for (const shared of fileEvents({ ...requested, files })) await services.accept(shared);
		return ids;
	}),

	serve(stopAnswer, async ({ variables: { id }, ...asking }) => {
		const { caller, services } = asking;
		const { answer, question } = await findAnswer(asking, id);
		if (!question.isOwn) throw notFound();
		if (!isOver(answer)) await services.running.stop({ userId: caller.person.userId, answerId: id });
	}),

	serve(retryAnswer, async ({ variables: { id }, body: { clientId, withoutKnowledge }, ...asking }) => {
		const { caller, services } = asking;
		const { answer, question, conversation } = await findAnswer(asking, id);
		if (!question.isOwn) throw notFound();
		if (!takesQuestions(conversation)) throw askElsewhere();
		const { event, ids } = retryEvent({ caller, place: placeIn(conversation), clientId, answer, withoutKnowledge, now: new Date() });
		await services.accept(event);
		return ids;
	}),

	serve(rateAnswer, async ({ variables: { id }, body: { rating, comment = null, showsExchange = false }, ...asking }) => {
		const { caller, services } = asking;
		const { answer, question } = await findAnswer(asking, id);
		const given = { comment, showsExchange: showsExchange && question.isOwn };
		await services.store.rate(caller.person, answer, { rating: rating === 'up' ? 1 : -1, ...given });
	}),
];
