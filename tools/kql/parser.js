// Microsoft's own parser and binder of KQL, over tables that are given as text. It needs no service.
'use strict';
require('@kusto/language-service-next/bridge.min');
require('@kusto/language-service-next/Kusto.Language.Bridge.min');

const { GlobalState, KustoCode, Symbols } = globalThis.Kusto.Language;
const list = items => Array.from({ length: items.Count }, (_, i) => items.getItem(i));

/** A parser that knows these tables: { name: 'Column: type, …' }. */
function parserOf(tables) {
  const symbols = Object.entries(tables).map(([name, columns]) => Symbols.TableSymbol.From(`(${columns})`).WithName(name));
  const state = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.$ctor1('db', symbols, false));

  /** What is wrong with a query or command, and the columns that it gives as "Name: type". */
  return text => {
    const code = KustoCode.ParseAndAnalyze(text, state);
    return {
      faults: list(code.GetDiagnostics()).map(fault => `${fault.Message} (at "${text.slice(fault.Start, fault.Start + 40)}")`),
      columns: list(code.ResultType.Columns).map(column => `${column.Name}: ${column.Type.Name}`),
    };
  };
}

module.exports = { parserOf };
