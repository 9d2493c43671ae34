-- The hosts as processes see them, each with one model, and which one is chosen, as `turn-hosts.ts` does in memory.
-- Hosts as processes see them -------------------------------------------------------------------------------------------------------

local heldCounts, views, learned, living = {}, {}, nil, nil

local function heldOn(host)
	heldCounts[host] = heldCounts[host] or call('ZCARD', key('held:' .. host))
	return heldCounts[host]
end

local function learnedOf(host)
	if not learned then
		learned = {}
		local fields = call('HGETALL', key('learned'))
		for index = 1, #fields, 2 do learned[fields[index]] = tonumber(fields[index + 1]) end
	end
	return learned[host]
end

local function viewOf(name)
	if not views[name] then
		views[name] = {}
		for host, model, rank, slots, isLearned in string.gmatch(call('GET', key('view:' .. name)) or '', '(%S+) (%S+) (%d+) (%d+) (%d)') do
			local limit = isLearned == '1' and learnedOf(host) or tonumber(slots)
			table.insert(views[name], { host = host, model = model, rank = tonumber(rank), slots = limit })
		end
	end
	return views[name]
end

local function setView(view)
	views[process] = nil
	call('SET', key('view:' .. process), view, 'PX', KEPT)
end

local function hasFree(name, model)
	for _, seen in ipairs(viewOf(name)) do
		if seen.model == model and heldOn(seen.host) < seen.slots then return true end
	end
	return false
end

local function isAnythingFree(model)
	living = living or call('ZRANGE', key('processes'), 0, -1)
	for _, name in ipairs(living) do
		if hasFree(name, model) then return true end
	end
	return false
end

-- Turns that only wait there: they were sent before it was known that the host takes fewer.
local function waitingOnHosts(model)
	local count = 0
	for _, seen in ipairs(viewOf(process)) do
		if seen.model == model then
			local sent = call('ZCARD', key('silent:' .. seen.host)) + call('ZCARD', key('streaming:' .. seen.host))
			count = count + math.max(0, sent - seen.slots)
		end
	end
	return count
end

local function isBefore(one, other)
	for index, value in ipairs(one) do
		if value ~= other[index] then return value < other[index] end
	end
	return false
end

-- The best free host for an entry: one that does not keep failing, has the model in memory, is the conversation's own, is least busy.
local function chooseHost(id, model)
	local owner = ownerOf(id)
	if not hasFree(owner, model) then return nil end
	local fields = call('HMGET', key('entry:' .. id), 'excluded', 'conversation')
	local excluded = ' ' .. (fields[1] or '') .. ' '
	local home = call('GET', key('home:' .. (fields[2] or '')))
	local best, bestRank
	for _, seen in ipairs(viewOf(owner)) do
		local held = heldOn(seen.host)
		if seen.model == model and held < seen.slots and not string.find(excluded, ' ' .. seen.host .. ' ', 1, true) then
			local rank = { seen.rank, seen.host == home and 0 or 1, held / seen.slots }
			if not best or isBefore(rank, bestRank) then best, bestRank = seen.host, rank end
		end
	end
	return best
end
