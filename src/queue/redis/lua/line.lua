-- Those who wait, in order, as `turn-line.ts` does in memory.
-- The line: tags of virtual time -----------------------------------------------------------------------------------------------------

local function setTag(entry, tag)
	call('ZADD', key(entry.priority), text(tag), entry.member)
	call('ZADD', key('user:' .. entry.priority .. ':' .. entry.user), text(tag), entry.member)
end

local function owe(entry, tag)
	local debts = key('debts:' .. entry.priority)
	if tag > number('virtual:' .. entry.priority) then call('ZADD', debts, text(tag), entry.user) else call('ZREM', debts, entry.user) end
end

local function nextTag(entry)
	local last = call('ZREVRANGE', key('user:' .. entry.priority .. ':' .. entry.user), 0, 0, 'WITHSCORES')
	if last[2] then return last[2] + 1 end
	local debt = call('ZSCORE', key('debts:' .. entry.priority), entry.user)
	return math.max(number('virtual:' .. entry.priority), tonumber(debt or 0))
end

-- Takes an entry out of the line; returns its tag, nil for one that goes first.
local function takeOut(entry)
	call('ZREM', key('waiting'), entry.id)
	count('waiters', entry.user, -1)
	if entry.first == '1' then
		call('ZREM', key(entry.priority .. ':first'), entry.member)
		return nil
	end
	local tag = tonumber(call('ZSCORE', key(entry.priority), entry.member))
	call('ZREM', key(entry.priority), entry.member)
	call('ZREM', key('user:' .. entry.priority .. ':' .. entry.user), entry.member)
	return tag
end

-- Without having been served: the user's later entries move up.
local function withdraw(entry)
	local mine = key('user:' .. entry.priority .. ':' .. entry.user)
	local rank = entry.first ~= '1' and call('ZRANK', mine, entry.member)
	local later = rank and call('ZRANGE', mine, rank + 1, -1, 'WITHSCORES') or {}
	local tag = takeOut(entry)
	if not tag then return end
	for index = 1, #later, 2 do
		setTag({ priority = entry.priority, user = entry.user, member = later[index] }, tag)
		tag = tonumber(later[index + 1])
	end
	if call('EXISTS', mine) == 0 then owe(entry, tag) end
end

local function serve(entry)
	local tag = takeOut(entry)
	if not tag then return end
	local virtual = 'virtual:' .. entry.priority
	if tag > number(virtual) then call('HSET', key('numbers'), virtual, text(tag)) end
	call('ZREMRANGEBYSCORE', key('debts:' .. entry.priority), '-inf', text(number(virtual)))
	call('HSET', key('entry:' .. entry.id), 'paid', text(tag + 1))
	if call('EXISTS', key('user:' .. entry.priority .. ':' .. entry.user)) == 0 then owe(entry, tag + 1) end
end

-- What the answer really took: moves whatever the user has waiting, or the debt.
local function charge(entry, correction)
	local waiting = call('ZRANGE', key('user:' .. entry.priority .. ':' .. entry.user), 0, -1, 'WITHSCORES')
	for index = 1, #waiting, 2 do
		setTag({ priority = entry.priority, user = entry.user, member = waiting[index] }, waiting[index + 1] + correction)
	end
	if #waiting > 0 then return end
	local virtual = number('virtual:' .. entry.priority)
	local debt = call('ZSCORE', key('debts:' .. entry.priority), entry.user) or entry.paid or virtual
	owe(entry, tonumber(debt) + correction)
end
