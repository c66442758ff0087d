//! Groups of nodes of a graph that reach one another, and the cycles among references.

use crate::read::schema::{SchemaId, Schemas};

/// Schemas that are defined by nothing but themselves.
pub(super) struct ReferenceCycles {
    list: Vec<Vec<SchemaId>>,
    is_in_cycle: Vec<bool>,
}

impl ReferenceCycles {
    /// The cycles of references by `$ref` and `allOf` alone.
    pub(super) fn new(schemas: &Schemas) -> Self {
        let count = schemas.list.len();
        let groups = cycles(count, |index| {
            let schema = &schemas.list[index];
            let targets = schema.reference.iter().chain(&schema.all_of);
            let targets = targets.map(|id| id.0 as usize);
            targets.filter(|&index| index < count).collect()
        });
        let mut is_in_cycle = vec![false; count];
        for &index in groups.iter().flatten() {
            is_in_cycle[index] = true;
        }
        let id = |index: usize| SchemaId(u32::try_from(index).unwrap_or(u32::MAX));
        let list = groups
            .into_iter()
            .map(|group| group.into_iter().map(id).collect());
        Self {
            list: list.collect(),
            is_in_cycle,
        }
    }

    pub(super) fn list(&self) -> &[Vec<SchemaId>] {
        &self.list
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn contains(&self, schema: SchemaId) -> bool {
        self.is_in_cycle[schema.0 as usize]
    }
}

/// The cycles of the graph of `count` nodes with these edges: each group of nodes that reach one another, and each
/// node with an edge to itself.
pub(super) fn cycles(count: usize, edges: impl Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    let mut search = Search {
        index: vec![None; count],
        low: vec![0; count],
        is_on_stack: vec![false; count],
        stack: Vec::new(),
        visited: 0,
        cycles: Vec::new(),
    };
    for start in 0..count {
        if search.index[start].is_none() {
            search.visit_from(start, &edges);
        }
    }
    let mut cycles = search.cycles;
    cycles.sort_unstable();
    cycles
}

/// Tarjan's algorithm for strongly connected components, without recursion.
struct Search {
    /// For each node, when it was visited.
    index: Vec<Option<usize>>,
    /// For each visited node, the earliest node on the stack that it reaches.
    low: Vec<usize>,
    is_on_stack: Vec<bool>,
    stack: Vec<usize>,
    visited: usize,
    cycles: Vec<Vec<usize>>,
}

/// A node whose edges are being followed.
struct Visit {
    node: usize,
    targets: Vec<usize>,
    /// How many of the targets were followed.
    followed: usize,
}

impl Search {
    fn visit_from(&mut self, start: usize, edges: &impl Fn(usize) -> Vec<usize>) {
        let mut path = vec![self.enter(start, edges)];
        while let Some(visit) = path.last_mut() {
            let node = visit.node;
            if let Some(&target) = visit.targets.get(visit.followed) {
                visit.followed += 1;
                match self.index[target] {
                    None => path.push(self.enter(target, edges)),
                    Some(index) if self.is_on_stack[target] => {
                        self.low[node] = self.low[node].min(index);
                    }
                    Some(_) => {}
                }
                continue;
            }
            let has_loop = visit.targets.contains(&node);
            path.pop();
            if let Some(parent) = path.last() {
                self.low[parent.node] = self.low[parent.node].min(self.low[node]);
            }
            if self.index[node] == Some(self.low[node]) {
                self.leave_group(node, has_loop);
            }
        }
    }

    fn enter(&mut self, node: usize, edges: &impl Fn(usize) -> Vec<usize>) -> Visit {
        self.index[node] = Some(self.visited);
        self.low[node] = self.visited;
        self.visited += 1;
        self.stack.push(node);
        self.is_on_stack[node] = true;
        Visit {
            node,
            targets: edges(node),
            followed: 0,
        }
    }

    /// Takes the group of `root`, whose nodes are all visited, from the stack.
    fn leave_group(&mut self, root: usize, has_loop: bool) {
        let mut group = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.is_on_stack[member] = false;
            group.push(member);
            if member == root {
                break;
            }
        }
        if group.len() > 1 || has_loop {
            group.sort_unstable();
            self.cycles.push(group);
        }
    }
}
