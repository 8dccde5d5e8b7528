-- wrk: date searches of which each is different. All combinations of first night, length, area, order and page are
-- counted through in a scattered order; ROUND tells how often this was called before, so that no round repeats one.
-- AREA=all asks for every area at once; PAGE fixes the page.
local step, per_round = 1000003, 90000
local day = 24 * 3600
local days, orders = {}, { "new", "booking", "price-inc", "price-des" }
for i = 0, 360 do days[i] = os.date("!%Y-%m-%d", os.time() + 8 * 3600 + (i + 1) * day) end
local area, page = os.getenv("AREA"), os.getenv("PAGE")
local areas, pages = area == "all" and 1 or 17, page and 1 or 5
local space = 330 * 14 * areas * 4 * pages
local n = (tonumber(os.getenv("ROUND") or "0") * per_round) % space

request = function()
  n = (n + 1) % space
  local k = (n * step) % space
  local start = k % 330
  k = (k - start) / 330
  local nights = k % 14
  k = (k - nights) / 14
  local order = k % 4
  k = (k - order) / 4
  local where = k % areas
  k = (k - where) / areas
  local path = "/api/v1.0/houses?sd=" .. days[start] .. "&ed=" .. days[start + nights + 1] .. "&sk=" .. orders[order + 1]
  if where > 0 then path = path .. "&aid=" .. math.floor(where) end
  return wrk.format("GET", path .. "&p=" .. (page or math.floor(k) + 1))
end
