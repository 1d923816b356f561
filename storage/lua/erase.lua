-- Everything about a number, erased; and a proof of it, without the number.
--
-- A message that is being sent just now is known by nobody afterwards: what
-- the operator says of it goes nowhere (sent.lua, receipt.lua). A turn or a
-- call that goes on finds its session or its record gone, and stores nothing.
--
-- KEYS  due, about, profile, resume, erased, message, queue
-- ARGV  the session that was asked ("NUMBER:OPERATOR:CHANNEL") and its stamp,
--       the number, its keyed hash, group, heads of the keys of sessions,
--       calls, messages and queues;
--       of the message that says so: id, link, to, from, text;
--       then every "OPERATOR:CHANNEL"
-- gives 1 and the operators' ids of messages, each after its link; or 0 when
--       the session has moved
local due, about, profile, resume, erased = unpack(KEYS, 1, 5)
local asked, stamp, number, hash, group = unpack(ARGV, 1, 5)
local sessions, calls, messages, queues = unpack(ARGV, 6, 9)
local id, link, to, from, text = unpack(ARGV, 10, 14)
local KEPT = 7 * 24 * 3600 * 1000

if redis.call('GETRANGE', sessions .. asked, 0, 11) ~= stamp then
	return { 0 }
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local count = { messages = 0, calls = 0, sessions = 0 }
local receipts = { 1 }

local function erase_message(name)
	local life = redis.call('HMGET', messages .. name,
	    'link', 'entry', 'smsc_id')
	if life[1] and life[2] then
		local queue = queues .. life[1] .. ':normal'
		redis.call('XACK', queue, group, life[2])
		redis.call('XDEL', queue, life[2])
	end
	if life[1] and life[3] then
		receipts[#receipts + 1] = life[1]
		receipts[#receipts + 1] = life[3]
	end
	count.messages = count.messages +
	    redis.call('DEL', messages .. name)
end

local function erase_call(name)
	redis.call('ZREM', due, 'c:' .. name)
	count.calls = count.calls + redis.call('DEL', calls .. name)
end

for _, member in ipairs(redis.call('ZRANGE', about, 0, -1)) do
	local erase = string.sub(member, 1, 1) == 'm' and erase_message or
	    erase_call
	erase(string.sub(member, 3))
end
for i = 15, #ARGV do
	local name = number .. ':' .. ARGV[i]
	redis.call('ZREM', due, 's:' .. name)
	count.sessions = count.sessions +
	    redis.call('DEL', sessions .. name)
end
local values = redis.call('HLEN', profile)
redis.call('DEL', about, profile, resume)
redis.call('HSET', erased, 'number', hash, 'at', now, 'values', values,
    'messages', count.messages, 'calls', count.calls,
    'sessions', count.sessions)

redis.call('HSET', KEYS[6], 'state', 'accepted', 'link', link,
    'leaves', 'nothing')
redis.call('PEXPIRE', KEYS[6], KEPT)
redis.call('XADD', KEYS[7], '*', 'id', id, 'to', to, 'from', from,
    'text', text, 'leaves', 'nothing')
return receipts
