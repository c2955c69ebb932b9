-- Opens a draft with the language server, takes the fix that is named, and prints what it saw as
-- JSON on the last line. Run as
--   nvim --headless --clean -l neovim.lua DRAFT TITLE COMMAND…
-- where COMMAND… starts the server, and TITLE begins the title of a fix.

local draft, title = arg[1], arg[2]
local command = vim.list_slice(arg, 3)
local seen = {}

vim.cmd.edit(draft)
vim.bo.filetype = draft:match("%.md$") and "markdown" or "text"
local buffer = vim.api.nvim_get_current_buf()

local id = vim.lsp.start({
  name = "galley",
  cmd = command,
  root_dir = vim.fs.dirname(draft),
})

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then
    error("waited 30 s for " .. what)
  end
end

local function diagnostics()
  return vim.tbl_map(function(one)
    return { line = one.lnum, code = one.code, source = one.source, message = one.message }
  end, vim.diagnostic.get(buffer))
end

wait("diagnostics", function()
  return #vim.diagnostic.get(buffer) > 0
end)
seen.before = diagnostics()
seen.pulled = vim.lsp.get_client_by_id(id).server_capabilities.diagnosticProvider ~= nil

-- The cursor goes to each problem in turn until one offers the fix.
local tick = vim.api.nvim_buf_get_changedtick(buffer)
for _, one in ipairs(vim.diagnostic.get(buffer)) do
  vim.api.nvim_win_set_cursor(0, { one.lnum + 1, one.col })
  local params = vim.lsp.util.make_range_params()
  params.context = { diagnostics = {}, only = { "quickfix" } }
  local answers = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", params, 30000)
  local offered = vim.iter(answers[id].result or {}):any(function(action)
    return vim.startswith(action.title, title)
  end)
  if offered then
    vim.lsp.buf.code_action({
      apply = true,
      filter = function(action)
        return vim.startswith(action.title, title)
      end,
    })
    break
  end
end

wait("the fix", function()
  return vim.api.nvim_buf_get_changedtick(buffer) ~= tick
end)
wait("fewer diagnostics", function()
  return #vim.diagnostic.get(buffer) < #seen.before
end)
seen.after = diagnostics()
seen.text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), "\n") .. "\n"

vim.lsp.stop_client(id)
io.stdout:write(vim.json.encode(seen) .. "\n")
vim.cmd("qall!")
